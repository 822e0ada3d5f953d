import { describe, expect, test } from '@jest/globals';
import { calendarOf, type TimeLimit } from '#libs/law/calendar';
import fc from 'fast-check';
import { forecast, type PlannedMatter, type RunningCase } from './forecast.rules.js';

/** Weekends only. Tuesday 24 November 2026, 10:00 in China. */
const calendar = calendarOf({ version: 'weekends', knownUntil: '2026-12-31' });
const NOW = '2026-11-24T02:00:00.000Z';

const days = (count: number, unit: TimeLimit['unit'] = 'working-day'): TimeLimit => ({
  days: count,
  unit,
  start: 'acceptance',
});
const waits = (matter: string, promised: TimeLimit | null, ...prerequisites: string[]): PlannedMatter => ({
  opened: {
    application: `p1-${matter}`,
    matter,
    matterName: `${matter} 事项`,
    stage: '立项',
    department: 'natural-resources',
    prerequisites: prerequisites.map((code) => `p1-${code}`),
  },
  document: null,
  definition: { promised, statutory: null, line: 'land' },
});
const running = (over: Partial<RunningCase> = {}): RunningCase => ({
  open: true,
  stage: 'accepted',
  outcome: null,
  due: { promised: null, statutory: null, yellow: null, provisional: false },
  terms: { statutory: days(20), promised: days(5), basis: null, verified: true },
  promisedEnd: null,
  submittedAt: '2026-11-20T02:00:00.000Z',
  acceptedAt: '2026-11-20T02:00:00.000Z',
  suspensions: [],
  extensions: [],
  ...over,
});
const due = (day: string) => ({
  promised: `${day}T16:00:00.000Z`,
  statutory: null,
  yellow: null,
  provisional: false,
});
const granted = running({ open: false, stage: 'decided', outcome: 'granted' });
const stands = (matter: PlannedMatter, document: RunningCase): PlannedMatter => ({ ...matter, document });
const at = (matters: readonly PlannedMatter[], now = NOW) => forecast(matters, calendar, now);
const finishOf = (matters: readonly PlannedMatter[], now = NOW) => at(matters, now).earliestFinish;

describe('the forecast of a project', () => {
  test('nothing has begun: the critical path, from today', () => {
    const matters = [
      waits('LX-01', days(3)),
      waits('LX-02', days(7, 'calendar-day')),
      waits('GC-01', days(4), 'LX-01', 'LX-02'),
      waits('SG-01', null, 'GC-01'),
    ];
    const row = (matter: string, termDays: number, workingDays: number, day: string) => ({
      application: `p1-${matter}`,
      matter,
      matterName: `${matter} 事项`,
      stage: '立项',
      line: 'land',
      department: 'natural-resources',
      progress: 'not-begun',
      termDays,
      daysLeft: termDays,
      overdue: false,
      suspended: false,
      finish: { workingDays, day },
    });
    expect(at(matters)).toEqual({
      criticalPath: { matters: ['LX-02', 'GC-01', 'SG-01'], workingDays: 9 },
      remainingPath: ['LX-02', 'GC-01', 'SG-01'],
      earliestFinish: { workingDays: 9, day: '2026-12-07', provisional: false },
      blockedBy: [],
      withoutLimit: ['SG-01'],
      matters: [
        row('LX-01', 3, 3, '2026-11-27'),
        row('LX-02', 5, 5, '2026-12-01'),
        row('GC-01', 4, 9, '2026-12-07'),
        row('SG-01', 0, 9, '2026-12-07'),
      ],
    });
  });

  test('what runs needs what is left of its term, and ends no sooner than its prerequisites', () => {
    const first = stands(waits('LX-01', days(5)), running({ due: due('2026-11-30') }));
    const second = stands(waits('LX-02', days(5), 'LX-01'), running({ due: due('2026-11-26') }));
    expect(at([first]).matters[0]).toMatchObject({
      progress: 'running',
      termDays: 5,
      daysLeft: 4,
      overdue: false,
    });
    expect(at([first, second])).toMatchObject({
      criticalPath: { matters: ['LX-01', 'LX-02'], workingDays: 10 },
      remainingPath: ['LX-01', 'LX-02'],
      earliestFinish: { workingDays: 4, day: '2026-11-30' },
    });
    const third = waits('GC-01', days(1), 'LX-02');
    expect(at([stands(first, granted), second, third])).toMatchObject({
      remainingPath: ['LX-02', 'GC-01'],
      earliestFinish: { workingDays: 3, day: '2026-11-27' },
    });
  });

  test('an overdue application has no time left and can end today; it never ends on a day of rest', () => {
    const late = stands(waits('LX-01', days(5)), running({ due: due('2026-11-20') }));
    expect(at([late]).matters[0]).toMatchObject({ daysLeft: 0, overdue: true });
    expect(finishOf([late])).toEqual({ workingDays: 0, day: '2026-11-24', provisional: false });
    expect(finishOf([late], '2026-11-28T02:00:00.000Z')).toMatchObject({ workingDays: 0, day: '2026-11-30' });
  });

  test('a suspended clock has left what it had when it stopped, a case that is not accepted its whole term', () => {
    const suspensions = [
      { from: '2026-11-23T02:00:00.000Z', to: null, cause: 'hearing', article: 'Art. 45' },
    ];
    const suspended = stands(waits('LX-01', days(9)), running({ suspensions }));
    // One of five days was used on Monday, before the day after the suspension.
    expect(at([suspended]).matters[0]).toMatchObject({ suspended: true, daysLeft: 4, overdue: false });
    const received = stands(waits('LX-01', days(9)), running({ stage: 'submitted', acceptedAt: null }));
    expect(at([received]).matters[0]).toMatchObject({ suspended: false, daysLeft: 5 });
  });

  test('what waits for a refused case cannot be foretold, the rest can', () => {
    const refused = stands(waits('LX-01', days(5)), { ...granted, outcome: 'refused' });
    const found = at([refused, waits('LX-02', days(2)), waits('GC-01', days(1), 'LX-01', 'LX-02')]);
    expect(found).toMatchObject({ earliestFinish: null, remainingPath: [], blockedBy: ['p1-LX-01'] });
    expect(found.matters.map(({ progress, finish }) => [progress, finish?.day ?? null])).toEqual([
      ['not-granted', null],
      ['not-begun', '2026-11-26'],
      ['not-begun', null],
    ]);
  });

  test('a finished project has no forecast, a day past the known calendar is provisional', () => {
    const closed = { ...granted, stage: 'closed' as const, outcome: '已备案' };
    expect(at([stands(waits('LX-01', days(5)), closed)])).toMatchObject({
      earliestFinish: null,
      blockedBy: [],
      remainingPath: [],
    });
    expect(finishOf([waits('LX-01', days(60))])).toEqual({
      workingDays: 60,
      day: '2027-02-16',
      provisional: true,
    });
  });

  test('before anything has begun, the earliest finish is the longest of all chains', () => {
    const graph = fc
      .array(fc.record({ term: fc.nat(30), before: fc.array(fc.nat(20), { maxLength: 4 }) }), {
        minLength: 1,
        maxLength: 10,
      })
      .map((nodes) =>
        nodes.map(({ term, before }, index) =>
          waits(
            `M-${index}`,
            days(term),
            ...new Set(index === 0 ? [] : before.map((one) => `M-${one % index}`)),
          ),
        ),
      );
    fc.assert(
      fc.property(graph, (matters) => {
        const found = at(matters);
        const longest = Math.max(...chains(matters).map(([, length]) => length));
        expect(found.criticalPath.workingDays).toBe(longest);
        expect(found.earliestFinish?.workingDays).toBe(longest);
        expect(found.remainingPath).toEqual(found.criticalPath.matters);
        expect(chains(matters)).toContainEqual([found.criticalPath.matters.join(' '), longest]);
      }),
    );
  });
});

/** Every chain of prerequisites that begins anywhere, with its days. */
function chains(matters: readonly PlannedMatter[]): readonly (readonly [string, number])[] {
  const onFrom = (path: readonly PlannedMatter[]): readonly (readonly PlannedMatter[])[] => [
    path,
    ...matters
      .filter(({ opened }) => opened.prerequisites.includes(path.at(-1)?.opened.application ?? ''))
      .flatMap((next) => onFrom([...path, next])),
  ];
  return matters
    .flatMap((first) => onFrom([first]))
    .map((path) => [
      path.map(({ opened }) => opened.matter).join(' '),
      path.reduce((sum, { definition }) => sum + (definition?.promised?.days ?? 0), 0),
    ]);
}
