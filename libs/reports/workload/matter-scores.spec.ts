import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import {
  type ApplicationEvent,
  applicationsUnder,
  type Custody,
  type OutcomeDocument,
} from '#libs/county/approval';
import { dayOf, type DaySpan, monthsOf, workingDaysBetween } from '#libs/law/calendar';
import { type MatterDocument } from '#libs/law/catalogue';
import { type Recorded, type StoredEvent } from '#libs/engine/event-sourcing';
import fc from 'fast-check';
import { plusDays } from '../answers/day-counters.js';
import { matterScores } from './matter-scores.js';
import { type Outcomes, outcomesOf } from './outcomes.js';
import { documentsOf, foldAll } from '../testing/fold.js';
import { calendar, LICENCE, RECEIPT } from '../testing/history.js';
import { histories } from '../testing/random-history.js';

const NOTHING: Outcomes = {
  cases: 0,
  withdrawn: 0,
  notAccepted: 0,
  steps: null,
  days: null,
  handOffs: null,
  onTimeOf: 0,
  onTimeRate: null,
  supplementRate: null,
};

/** One ended application, from its events alone. */
type Ended = {
  readonly matter: string;
  readonly day: string;
  readonly course: 'run' | 'withdrawn' | 'not-accepted';
  readonly acts: number;
  readonly handOffs: number;
  readonly days: number;
  readonly late: boolean | null;
  readonly supplemented: boolean;
};

const who = ({ holder }: Custody) => holder && `${holder.department}/${holder.person}`;
const ENDS = [
  'ApplicationApproved',
  'ApplicationRefused',
  'ApplicationClosed',
  'ApplicationWithdrawn',
  'AcceptanceRefused',
];
const BY_ITSELF = ['ConsultationOverdue'];

function endedCases(events: readonly StoredEvent[]): readonly Ended[] {
  const streams = new Map<string, Recorded<ApplicationEvent>[]>();
  for (const event of events.filter(({ stream }) => stream.startsWith('application-'))) {
    streams.set(event.stream, [...(streams.get(event.stream) ?? []), event as Recorded<ApplicationEvent>]);
  }
  return [...streams.values()].flatMap((all): Ended[] => {
    const end = all.findIndex(({ type }) => ENDS.includes(type));
    const last = all[end];
    const first = all[0];
    if (last === undefined || first?.type !== 'ApplicationSubmitted') return [];
    const course = all.slice(0, end + 1);
    const custodies = course.flatMap(({ data }) => ('custody' in data ? [data.custody] : []));
    const acceptance = course.find(({ type }) => type === 'ApplicationAccepted') ?? first;
    const endedAt = 'clock' in last.data ? last.data.clock.stoppedAt : last.metadata.occurredAt;
    return [
      {
        matter: first.data.matter,
        day: dayOf(endedAt),
        course:
          last.type === 'ApplicationWithdrawn'
            ? 'withdrawn'
            : last.type === 'AcceptanceRefused'
              ? 'not-accepted'
              : 'run',
        acts: course.filter(
          ({ type, data, metadata }) =>
            'custody' in data && metadata.actor.role !== 'applicant' && !BY_ITSELF.includes(type),
        ).length,
        handOffs: custodies.filter((custody, at) => {
          const before = custodies[at - 1];
          return before?.holder && custody.holder && who(before) !== who(custody);
        }).length,
        days: workingDaysBetween(calendar, dayOf(acceptance.metadata.occurredAt), dayOf(endedAt)),
        late: 'clock' in last.data ? last.data.clock.latePromised : null,
        supplemented: course.some(({ type }) => type === 'SupplementRequested'),
      },
    ];
  });
}

/** Of an even number, the mean of the middle two. */
function median(sorted: readonly number[]): number | null {
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function recount(cases: readonly Ended[]): Outcomes {
  const run = cases.filter(({ course }) => course === 'run');
  const mean = (of: (one: Ended) => number) => run.reduce((sum, one) => sum + of(one), 0) / run.length;
  const rated = run.filter(({ late }) => late !== null);
  const days = run.map((one) => one.days).sort((a, b) => a - b);
  return {
    cases: run.length,
    withdrawn: cases.filter(({ course }) => course === 'withdrawn').length,
    notAccepted: cases.filter(({ course }) => course === 'not-accepted').length,
    steps: run.length === 0 ? null : mean(({ acts }) => acts),
    days: median(days),
    handOffs: run.length === 0 ? null : mean(({ handOffs }) => handOffs),
    onTimeOf: rated.length,
    onTimeRate: rated.length === 0 ? null : rated.filter(({ late }) => late === false).length / rated.length,
    supplementRate: run.length === 0 ? null : mean(({ supplemented }) => (supplemented ? 1 : 0)),
  };
}

describe('the four figures of a matter', () => {
  test('are what the raw events give, for any span and region', () => {
    const applications = applicationsUnder(calendar);
    const days = fc.integer({ min: 1, max: 28 });
    const months = fc.constantFrom('04', '05', '06', '08', '12');
    let compared = 0;
    fc.assert(
      fc.property(histories, days, months, days, ({ events }, from, month, to) => {
        const span: DaySpan = {
          from: `2026-03-${String(from).padStart(2, '0')}`,
          to: `2026-${month}-${String(to).padStart(2, '0')}`,
        };
        const parts = monthsOf(span);
        const lines = documentsOf<OutcomeDocument>(foldAll(applications, events), 'outcomes');
        const ended = endedCases(events).filter(({ day }) => day >= span.from && day <= span.to);
        for (const { code } of [LICENCE, RECEIPT]) {
          const counts = parts.reduce((sum, part) => {
            const line = lines.find(({ id }) => id === `000000|${code}|${part.month}`);
            return line ? plusDays(sum, line.counts, part) : sum;
          }, {});
          const cases = ended.filter(({ matter }) => matter === code);
          compared += cases.length;
          expect(outcomesOf(counts)).toEqual(recount(cases));
        }
      }),
    );
    expect(compared).toBeGreaterThan(30);
  });

  test('each region has its own and those below it', () => {
    fc.assert(
      fc.property(histories, ({ events }) => {
        const lines = documentsOf<OutcomeDocument>(foldAll(applicationsUnder(calendar), events), 'outcomes');
        const cases = (region: string) =>
          lines
            .filter((line) => line.region === region)
            .flatMap(({ counts }) => Object.entries(counts))
            .reduce((sum, [counter, count]) => (counter.startsWith('cases@') ? sum + count : sum), 0);
        expect(cases('210500')).toBe(cases('000000'));
        expect(cases('210521') + cases('210502')).toBe(cases('210500'));
      }),
      { numRuns: 20 },
    );
  });
});

describe('rank and trend', () => {
  const matter = (code: string): MatterDocument => ({
    ...{ id: code, code, name: `${code} 事项`, nameEn: code, kind: 'licence', department: 'water' },
    ...{ legalBasis: [], statutory: null, promised: null, limitsVerified: true, materials: [] },
    ...{ steps: code === 'A' ? ['受理', '决定'] : [], effectiveFrom: '2020-01-01', matterVersion: 1 },
    stepsOfVersions: [],
    ...{ verified: true, status: 'in-force', reason: null, notes: [], changedAt: '2020-01-01T00:00:00.000Z' },
    ...{ changedBy: { person: 'a', post: null, department: null, role: 'admin' }, revision: '0' },
  });

  test('the best is first, equal ones share a rank, and one without cases has neither', () => {
    const now = new Map<string, Outcomes>([
      ['A', { ...NOTHING, cases: 2, steps: 4, days: 5, handOffs: 2, onTimeRate: 1 }],
      ['B', { ...NOTHING, cases: 1, steps: 4, days: 3, handOffs: 3, onTimeRate: null }],
      [
        'C',
        {
          ...NOTHING,
          cases: 4,
          withdrawn: 1,
          notAccepted: 2,
          steps: 6,
          days: 9,
          handOffs: 1,
          onTimeRate: 0.5,
        },
      ],
    ]);
    const before = new Map<string, Outcomes>([
      ['A', { ...NOTHING, cases: 1, steps: 4, days: 8, handOffs: 1, onTimeRate: 0.5 }],
      ['D', { ...NOTHING, cases: 1, steps: 2, days: 1, handOffs: 1, onTimeRate: 1 }],
    ]);
    const scores = matterScores(['A', 'B', 'C', 'D'].map(matter), now, before);
    expect(
      scores.map(({ matter, figures }) => [matter, ...Object.values(figures).map(({ rank }) => rank)]),
    ).toEqual([
      ['A', 1, 2, 2, 1],
      ['B', 1, 1, 3, null],
      ['C', 3, 3, 1, 2],
      ['D', null, null, null, null],
    ]);
    expect(scores[0]).toEqual({
      ...{ matter: 'A', matterName: 'A 事项', department: 'water', promised: null, statutory: null },
      ...{ verified: true, listedSteps: 2, cases: 2, withdrawn: 0, notAccepted: 0, onTimeOf: 0 },
      figures: {
        steps: { value: 4, rank: 1, before: 4, trend: 'same' },
        days: { value: 5, rank: 2, before: 8, trend: 'better' },
        handOffs: { value: 2, rank: 2, before: 1, trend: 'worse' },
        onTimeRate: { value: 1, rank: 1, before: 0.5, trend: 'better' },
      },
    });
    expect(scores[3]?.figures.days).toEqual({ value: null, rank: null, before: 1, trend: null });
    expect(scores[3]?.listedSteps).toBeNull();
  });
});
