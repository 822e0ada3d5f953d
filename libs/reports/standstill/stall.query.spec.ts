import 'reflect-metadata';
import { afterEach, describe, expect, test } from '@jest/globals';
import { sameReason } from '#libs/county/approval';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/engine/store-lmdb';
import { idleSince, stalledProjects } from './stall.query.js';
import { goesBackAndForth } from './stall.rules.js';
import {
  applicant,
  calendar,
  head,
  History,
  reviewer,
  waterReviewer,
  windowClerk,
} from '../testing/history.js';
import { ReportsBench } from '../testing/reports.js';

const bench = new ReportsBench({ openEventStore: openLmdbEventStore, openReadStore: openLmdbReadStore });
afterEach(() => bench.close());

const at = (day: string, time = '09:00') => new Date(`${day}T${time}:00.000+08:00`).toISOString();

/** Monday 2 March 2026: the application is accepted and with its reviewer. */
function underReview(): History {
  const history = new History();
  history.register('p1', { at: at('2026-03-02') });
  history.submit('p1-GC-02', at('2026-03-02'));
  history.act({ type: 'AcceptApplication', id: 'p1-GC-02' }, windowClerk, at('2026-03-02', '09:40'));
  history.act({ type: 'AssignReviewer', id: 'p1-GC-02', person: 'zhao' }, head, at('2026-03-02', '10:00'));
  return history;
}

async function stalledAt(history: History, now: string, workingDays = 10) {
  const { models } = await bench.load(history);
  return (await stalledProjects(models, calendar, { workingDays, now, limit: 10 })).items;
}

describe('an application has stalled', () => {
  test('from the tenth working day after the last act on, not a minute before', async () => {
    const history = underReview();
    expect(await stalledAt(history, at('2026-03-13', '23:59'))).toEqual([]);
    const last = history.events.at(-1);
    expect(await stalledAt(history, at('2026-03-16', '00:00'))).toEqual([
      {
        project: 'p1',
        projectName: 'p1 冷库',
        application: 'p1-GC-02',
        matter: 'GC-02',
        cause: 'reviewer-idle',
        causeZh: '审查岗搁置',
        holder: { party: 'department', department: 'natural-resources', post: null, person: 'zhao' },
        since: at('2026-03-02', '10:00'),
        workingDays: 10,
        keyProject: false,
        evidence: [
          {
            event: last?.id,
            position: `${last?.position}`,
            type: 'ReviewerAssigned',
            occurredAt: at('2026-03-02', '10:00'),
          },
        ],
      },
    ]);
  });

  test('only while it is the government’s turn', async () => {
    const history = underReview();
    history.act(
      { type: 'ReturnApplication', id: 'p1-GC-02', reason: '图纸不一致' },
      reviewer,
      at('2026-03-03'),
    );
    expect(await stalledAt(history, at('2026-06-01'))).toEqual([]);
    history.act({ type: 'SubmitApplication', id: 'p1-GC-02' } as never, applicant, at('2026-06-01'));
    const [item] = await stalledAt(history, at('2026-07-01'));
    expect([item?.cause, item?.evidence.map(({ type }) => type)]).toEqual([
      'returned-without-article',
      ['ApplicationReturned', 'ApplicationResubmitted'],
    ]);
  });

  test('an escalation is not progress, a step is', async () => {
    const history = underReview();
    history.act({ type: 'EscalateApplication', id: 'p1-GC-02', reason: '久拖' }, applicant, at('2026-03-12'));
    expect(await stalledAt(history, at('2026-03-16'))).toHaveLength(1);
    history.act(
      { type: 'RecordStep', id: 'p1-GC-02', step: '踏勘', source: null },
      reviewer,
      at('2026-03-13'),
    );
    expect(await stalledAt(history, at('2026-03-16'))).toEqual([]);
  });

  test('for want of an opinion, while it is awaited and after its deadline, until the lead goes on or all have answered', async () => {
    const history = underReview();
    const id = 'p1-GC-02';
    const causeAt = async (now: string) => {
      const [item] = await stalledAt(history, now);
      return [item?.cause, item?.holder.party, item?.evidence.map(({ type }) => type)];
    };
    const departments = ['water', 'ecology-environment'];
    history.act(
      { type: 'RequestConsultation', id, departments, question: '是否占用河道', days: 5, unknown: [] },
      reviewer,
      at('2026-03-03'),
    );
    expect(await causeAt(at('2026-03-20'))).toEqual([
      'opinion-late',
      'inter-department',
      ['ConsultationRequested'],
    ]);
    history.act(
      { type: 'AnswerConsultation', id, agrees: true, opinion: '无意见' },
      waterReviewer,
      at('2026-03-04'),
    );
    history.act({ type: 'CloseConsultation', id }, head, at('2026-03-11'));
    expect(await causeAt(at('2026-04-01'))).toEqual([
      'opinion-late',
      'department',
      ['ConsultationRequested', 'ConsultationOverdue'],
    ]);
    history.act({ type: 'RecordStep', id, step: '踏勘', source: null }, reviewer, at('2026-03-12'));
    expect(await causeAt(at('2026-04-01'))).toEqual(['reviewer-idle', 'department', ['StepRecorded']]);
  });

  test('when all opinions are in, it is the lead who does nothing', async () => {
    const history = underReview();
    const id = 'p1-GC-02';
    history.act(
      { type: 'RequestConsultation', id, departments: ['water'], question: '河道', days: 5, unknown: [] },
      reviewer,
      at('2026-03-03'),
    );
    history.act(
      { type: 'AnswerConsultation', id, agrees: true, opinion: '无意见' },
      waterReviewer,
      at('2026-03-04'),
    );
    const [item] = await stalledAt(history, at('2026-04-01'));
    expect([item?.cause, item?.holder.person]).toEqual(['reviewer-idle', 'zhao']);
  });

  test('a lawful suspension does not count as a stall; time after it, or after an extension, does', async () => {
    const history = underReview();
    const id = 'p1-GC-02';
    history.act(
      { type: 'SuspendClock', id, cause: 'hearing', notice: '中止1号', days: 20 },
      reviewer,
      at('2026-03-03'),
    );
    expect(await stalledAt(history, at('2026-06-01'))).toEqual([]);
    history.act({ type: 'ResumeClock', id }, reviewer, at('2026-04-01'));
    const [resumed] = await stalledAt(history, at('2026-04-20'));
    expect([resumed?.cause, resumed?.since, resumed?.holder.person]).toEqual([
      'resumed-and-idle',
      at('2026-04-01'),
      'zhao',
    ]);
    history.act({ type: 'ExtendTimeLimit', id, days: 10, reason: '案情复杂' }, head, at('2026-04-02'));
    const [extended] = await stalledAt(history, at('2026-04-20'));
    expect([extended?.cause, extended?.since, extended?.holder.person]).toEqual([
      'extended-and-idle',
      at('2026-04-02'),
      'zhao',
    ]);
  });

  test('an ended application has no holder, a decision waits until it is delivered', async () => {
    const history = underReview();
    history.act(
      { type: 'ApproveApplication', id: 'p1-GC-02', missing: [], needsReview: false },
      head,
      at('2026-03-03'),
    );
    const [item] = await stalledAt(history, at('2026-04-01'));
    expect(item?.cause).toBe('decision-undelivered');
    history.act({ type: 'DeliverDecision', id: 'p1-GC-02' }, windowClerk, at('2026-04-01'));
    expect(await stalledAt(history, at('2026-06-01'))).toEqual([]);
  });
});

test('working days are counted back from today, a day of rest counts for nothing', () => {
  expect(idleSince(calendar, at('2026-03-16'), 10)).toBe(at('2026-03-03', '00:00'));
  expect(idleSince(calendar, at('2026-03-15'), 1)).toBe(at('2026-03-13', '00:00'));
});

test('back and forth means the same two departments, three times', () => {
  const go = (...pairs: readonly string[]) =>
    pairs.map((pair) => ({ from: pair[0] ?? null, to: pair[1] ?? '' }));
  expect(goesBackAndForth(go('ab', 'ba', 'ab'))).toBe(true);
  expect(goesBackAndForth(go('xa', 'ab', 'ba', 'ab'))).toBe(true);
  expect(goesBackAndForth(go('ab', 'ba'))).toBe(false);
  expect(goesBackAndForth(go('ab', 'bc', 'cb'))).toBe(false);
  expect(goesBackAndForth(go('ab', 'bc', 'ca'))).toBe(false);
  expect(goesBackAndForth(go('aa', 'aa', 'aa'))).toBe(false);
});

test('the same reason in other spacing is the same reason', () => {
  expect(sameReason('总平面图，缺少签章。', ' 总平面图缺少签章')).toBe(true);
  expect(sameReason('总平面图缺少签章', '红线图缺少签章')).toBe(false);
});
