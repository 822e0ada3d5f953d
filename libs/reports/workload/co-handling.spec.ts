import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import {
  type ApplicationEvent,
  applicationsUnder,
  stretchCounters,
  type OpinionDocument,
} from '#libs/county/approval';
import { dayOf, workingMinutes } from '#libs/law/calendar';
import { type Recorded, type StoredEvent } from '#libs/engine/event-sourcing';
import fc from 'fast-check';
import { opinionsGiven, scoreOf } from './co-handling.query.js';
import { documentsOf, foldAll } from '../testing/fold.js';
import {
  applicant,
  calendar,
  head,
  History,
  leader,
  LICENCE,
  reviewer,
  waterReviewer,
  windowClerk,
} from '../testing/history.js';
import { histories } from '../testing/random-history.js';

/** One question to one department, with its outcome from the events alone. */
type Question = {
  readonly stream: string;
  readonly department: string;
  readonly askedAt: string;
  became: 'inTime' | 'late' | 'silent' | 'lapsed' | 'awaited';
  minutes: number | null;
};

function questionsIn(events: readonly StoredEvent[]): readonly Question[] {
  const questions: Question[] = [];
  for (const stored of events.filter(({ stream }) => stream.startsWith('application-'))) {
    const { stream, type, data, metadata } = stored as Recorded<ApplicationEvent>;
    const of = (department: string) =>
      questions.findLast((one) => one.stream === stream && one.department === department);
    if (type === 'ConsultationRequested') {
      for (const department of data.departments)
        questions.push({
          stream,
          department,
          askedAt: metadata.occurredAt,
          became: 'awaited',
          minutes: null,
        });
    } else if (type === 'ConsultationAnswered') {
      const question = of(data.department);
      if (!question) throw new Error('an answer without a question');
      question.became = data.late ? 'late' : 'inTime';
      question.minutes = workingMinutes(question.askedAt, metadata.occurredAt, calendar);
    } else if (type === 'ConsultationOverdue') {
      for (const department of data.departments) Object.assign(of(department) ?? {}, { became: 'silent' });
    } else if ('clock' in data || type === 'AcceptanceRefused') {
      for (const one of questions)
        if (one.stream === stream && one.became === 'awaited') one.became = 'lapsed';
    }
  }
  return questions;
}

function linesOf(events: readonly StoredEvent[]): readonly OpinionDocument[] {
  return documentsOf<OpinionDocument>(foldAll(applicationsUnder(calendar), events), 'opinions');
}

/** The counters of all days of a line, together. */
function summed(counts: OpinionDocument['counts']): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [counter, count] of Object.entries(counts)) {
    const name = counter.slice(0, -3);
    sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}

describe('opinions asked of a department', () => {
  test('are what the raw events give, on the days they were asked', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(histories, ({ events }) => {
        const questions = questionsIn(events);
        for (const { became } of questions) seen.add(became);
        const lines = linesOf(events).filter(({ region }) => region === '000000');
        const months = [...new Set(questions.map(({ askedAt }) => dayOf(askedAt).slice(0, 7)))].sort();
        expect(lines.map(({ period, department }) => [period, department])).toEqual(
          months.map((month) => [month, 'water']),
        );
        for (const { period, counts } of lines) {
          const asked = questions.filter(({ askedAt }) => dayOf(askedAt).startsWith(period));
          const became = (what: Question['became']) => asked.filter((one) => one.became === what).length;
          const [inTime, late, silent] = [became('inTime'), became('late'), became('silent')];
          const minutes = asked.flatMap((one) => one.minutes ?? []).sort((a, b) => a - b);
          const middle = (minutes.length - 1) / 2;
          const [low, high] = [minutes[Math.floor(middle)], minutes[Math.ceil(middle)]];
          const median = low === undefined || high === undefined ? null : (low + high) / 2;
          const { medianWorkingMinutes, ...given } = opinionsGiven(summed(counts));
          expect(given).toEqual({
            ...{ asked: asked.length, inTime, late, silent },
            ...{ lapsed: became('lapsed'), awaited: became('awaited') },
            inTimeRate: inTime + late + silent === 0 ? null : inTime / (inTime + late + silent),
          });
          if (median === null) expect(medianWorkingMinutes).toBeNull();
          else
            expect(Math.abs((medianWorkingMinutes ?? NaN) - median)).toBeLessThanOrEqual(
              0.05 + median * 0.01,
            );
        }
      }),
      // Few random histories have an opinion in time: enough of them do.
      { numRuns: 800 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['awaited', 'inTime', 'late', 'silent']));
  });

  test('an answer after a missed deadline was late; one after the end of the application still counts', () => {
    const history = new History();
    const at = (day: number, hour: number) => `2026-03-${String(day).padStart(2, '0')}T0${hour}:00:00.000Z`;
    const ask = (id: string, day: number) => {
      history.register(id.slice(0, 2), { at: at(day, 1), matters: [LICENCE] });
      history.submit(id, at(day, 1));
      history.act({ type: 'AcceptApplication', id }, windowClerk, at(day, 1));
      history.act(
        { type: 'RequestConsultation', id, departments: ['water'], question: '河道', days: 2, unknown: [] },
        reviewer,
        at(day, 2),
      );
    };
    const answer = (id: string, day: number) =>
      history.act({ type: 'AnswerConsultation', id, agrees: true, opinion: '无' }, waterReviewer, at(day, 3));
    // Monday 2 March: overdue on Thursday, answered on Friday.
    ask('p1-GC-02', 2);
    history.act({ type: 'CloseConsultation', id: 'p1-GC-02' }, head, at(5, 1));
    answer('p1-GC-02', 6);
    // The same Monday: decided on Tuesday without it, by special handling, and still answered on Wednesday.
    ask('p2-GC-02', 2);
    history.act(
      { type: 'ApproveSpecialHandling', id: 'p2-GC-02', rule: 'await-opinions', reason: '防汛' },
      leader,
      at(3, 1),
    );
    history.act(
      { type: 'ApproveApplication', id: 'p2-GC-02', missing: [], needsReview: false },
      head,
      at(3, 1),
    );
    answer('p2-GC-02', 4);
    // The same Monday: withdrawn on Tuesday.
    ask('p3-GC-02', 2);
    history.act({ type: 'WithdrawApplication', id: 'p3-GC-02' }, applicant, at(3, 1));
    const [line] = linesOf(history.events);
    expect(line).toEqual({
      id: '000000|water|2026-03',
      region: '000000',
      department: 'water',
      period: '2026-03',
      // 2 March 10:00 to 6 March 11:00 and to 4 March 11:00: 4 days and 2 days of 480 minutes, and an hour.
      counts: {
        ...{
          'asked@02': 3,
          'late@02': 1,
          'inTime@02': 1,
          'lapsed@02': 1,
        },
        ...Object.fromEntries(
          [4 * 480 + 60, 2 * 480 + 60]
            .flatMap((minutes) => stretchCounters(minutes * 60))
            .map(([counter, by]) => [`${counter}@02`, by]),
        ),
      },
    });
  });
});

describe('the score', () => {
  const none = { inTime: 0, late: 0, silent: 0 };
  test('own cases weigh 70, opinions 30; a late opinion half, silence nothing', () => {
    expect(scoreOf({ onTime: 3, late: 1 }, { inTime: 1, late: 1, silent: 2 })).toBe(63.8);
    expect(scoreOf({ onTime: 1, late: 0 }, { inTime: 1, late: 0, silent: 0 })).toBe(100);
    expect(scoreOf({ onTime: 1, late: 0 }, { inTime: 0, late: 0, silent: 1 })).toBe(70);
  });
  test('with one of the two parts it is the score; with neither there is no score', () => {
    expect(scoreOf({ onTime: 0, late: 0 }, { inTime: 1, late: 0, silent: 3 })).toBe(25);
    expect(scoreOf({ onTime: 1, late: 3 }, none)).toBe(25);
    expect(scoreOf({ onTime: 0, late: 0 }, none)).toBeNull();
  });
});
