import 'reflect-metadata';
import { calendarOf, minutesBetween, workingMinutes } from '#libs/law/calendar';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ApplicationCustody, type CustodyInterval, partitionCustody } from './custody-partition.js';
import { custodyRank, type Holder, sameHolder } from './holder.js';

const office = (department: string, person: string | null = null): Holder => ({
  party: 'department',
  department,
  post: null,
  person,
});

const party = (name: Holder['party']): Holder => ({
  party: name,
  department: null,
  post: null,
  person: null,
});

const applicant: Holder = { ...party('applicant'), person: 'Zhao' };

const [water, forestry] = [office('water'), office('forestry')];

const at = (hour: number) =>
  new Date(Date.parse('2026-11-02T00:00:00.000Z') + hour * 3_600_000).toISOString();

const held = (by: Holder, from: number, to: number) => ({ by, from: at(from), to: at(to) });

const ended = (application: string, ...stretches: ReturnType<typeof held>[]): ApplicationCustody => ({
  application,
  ended: stretches,
  running: null,
});

const interval = (from: number, to: number, by: Holder, application: string | null): CustodyInterval => ({
  from: at(from),
  to: at(to),
  by,
  application,
});

const divide = (to: number, ...applications: ApplicationCustody[]) =>
  partitionCustody({ from: at(0), to: at(to), applicant, applications });

test('while no application runs, the applicant has it', () => {
  expect(divide(10, ended('a', held(water, 2, 4)), ended('b', held(water, 6, 7), held(water, 7, 8)))).toEqual(
    [
      interval(0, 2, applicant, null),
      interval(2, 4, water, 'a'),
      interval(4, 6, applicant, null),
      interval(6, 8, water, 'b'),
      interval(8, 10, applicant, null),
    ],
  );
  expect(divide(3)).toEqual([interval(0, 3, applicant, null)]);
  expect(divide(0, ended('a', held(water, 0, 1)))).toEqual([]);
});

test('the government goes before an excluded procedure, and that before the applicant', () => {
  const review = party('excluded-procedure');
  const wait = party('inter-department');
  expect(
    divide(
      6,
      ended('a', held(applicant, 0, 6)),
      ended('b', held(review, 1, 5)),
      ended('c', held(wait, 2, 3), held(water, 3, 4)),
    ),
  ).toEqual([
    interval(0, 1, applicant, 'a'),
    interval(1, 2, review, 'b'),
    interval(2, 3, wait, 'c'),
    interval(3, 4, water, 'c'),
    interval(4, 5, review, 'b'),
    interval(5, 6, applicant, 'a'),
  ]);
});

test('among offices, the one that has held longest without a break; then the application id', () => {
  expect(divide(8, ended('b', held(water, 0, 6)), ended('a', held(forestry, 1, 8)))).toEqual([
    interval(0, 6, water, 'b'),
    interval(6, 8, forestry, 'a'),
  ]);
  // Water hands to itself at 2 without a break, and takes over again at 5 after one.
  expect(
    divide(
      8,
      ended('b', held(water, 0, 2), held(water, 2, 4), held(applicant, 4, 5), held(water, 5, 8)),
      ended('a', held(forestry, 1, 8)),
    ),
  ).toEqual([interval(0, 4, water, 'b'), interval(4, 8, forestry, 'a')]);
  expect(divide(2, ended('b', held(water, 0, 2)), ended('a', held(forestry, 0, 2)))).toEqual([
    interval(0, 2, forestry, 'a'),
  ]);
});

test('overlapping stretches of one application still give one holder a moment', () => {
  expect(divide(5, ended('a', held(water, 0, 5), held(water, 1, 2)))).toEqual([interval(0, 5, water, 'a')]);
  const both = [held(water, 0, 2), held(forestry, 0, 2)];
  expect([both, both.toReversed()].map((list) => divide(2, ended('a', ...list)))).toEqual([
    [interval(0, 2, forestry, 'a')],
    [interval(0, 2, forestry, 'a')],
  ]);
});

test('running stretches last until the end, and what is outside is cut off', () => {
  const early = '2026-11-01T23:00:00.000Z';
  const running = { application: 'a', ended: [], running: { by: water, since: at(1) } };
  const outside = { application: 'b', ended: [{ by: forestry, from: early, to: at(9) }], running: null };
  expect(divide(3, running)).toEqual([interval(0, 1, applicant, null), interval(1, 3, water, 'a')]);
  expect(divide(3, running, outside)).toEqual([interval(0, 3, forestry, 'b')]);
  expect(() => divide(-1)).toThrow(new RangeError(`custody from ${at(0)} until ${at(-1)}`));
});

const START = Date.parse('2026-09-01T00:00:00.000Z');

const SPAN = 40 * 86_400_000;

const instants = fc.integer({ min: START - SPAN, max: START + SPAN }).map((ms) => new Date(ms).toISOString());

// Few distinct times, so that stretches touch and begin together.
const coarse = fc
  .integer({ min: -10, max: 30 })
  .map((n) => new Date(START + n * 86_400_000 + 30_500).toISOString());

const times = fc.oneof(instants, coarse);

const holders = fc.constantFrom(
  water,
  forestry,
  office('water', 'Li'),
  party('inter-department'),
  party('excluded-procedure'),
  applicant,
);

const stretches = fc
  .tuple(holders, times, times)
  .map(([by, a, b]) => (a < b ? { by, from: a, to: b } : { by, from: b, to: a }));

const projects = fc.record({
  span: fc.tuple(times, times).map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const))),
  applications: fc.uniqueArray(
    fc.record({
      application: fc.constantFrom('a', 'b', 'c', 'd'),
      ended: fc.array(stretches, { maxLength: 8 }),
      running: fc.option(fc.record({ by: holders, since: times })),
    }),
    { selector: ({ application }) => application },
  ),
});

test('whatever the stretches, the intervals cover the time of the project exactly and their minutes sum to it', () => {
  const calendar = calendarOf({
    holidays: { '2026-10-01': '国庆节' },
    makeUpDays: { '2026-10-10': '国庆节' },
  });
  fc.assert(
    fc.property(projects, ({ span: [from, to], applications }) => {
      const intervals = partitionCustody({ from, to, applicant, applications });
      expect([from, ...intervals.map((one) => one.to)]).toEqual([...intervals.map((one) => one.from), to]);
      for (const one of intervals) expect(one.from < one.to).toBe(true);
      const sum = (minutes: (a: string, b: string) => number) =>
        intervals.reduce((total, one) => total + minutes(one.from, one.to), 0);
      expect(sum(minutesBetween)).toBe(minutesBetween(from, to));
      const working = (a: string, b: string) => workingMinutes(a, b, calendar);
      expect(sum(working)).toBe(working(from, to));
      const neighbours = intervals.slice(1).map((one, index) => [intervals[index], one] as const);
      const mergeable = neighbours.filter(
        ([a, b]) => a !== undefined && a.application === b.application && sameHolder(a.by, b.by),
      );
      expect(mergeable).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('every moment belongs to a holder of that moment, and to none of lower rank', () => {
  fc.assert(
    fc.property(projects, times, ({ span: [from, to], applications }, moment) => {
      fc.pre(from <= moment && moment < to);
      const answer = partitionCustody({ from, to, applicant, applications }).find((one) => moment < one.to);
      const current = applications.flatMap((one) =>
        [...one.ended, ...(one.running === null ? [] : [{ by: one.running.by, from: one.running.since, to }])]
          .filter((stretch) => stretch.from <= moment && moment < stretch.to)
          .map(({ by }) => ({ by, application: one.application })),
      );
      if (current.length === 0) {
        expect(answer).toMatchObject({ by: applicant, application: null });
        return;
      }
      const matching = current.filter(
        ({ by, application }) => answer?.application === application && sameHolder(answer.by, by),
      );
      expect(matching.length).toBeGreaterThan(0);
      expect(custodyRank(matching[0]?.by ?? applicant)).toBe(
        Math.min(...current.map(({ by }) => custodyRank(by))),
      );
    }),
  );
});

test('the order in which applications are given does not matter', () => {
  fc.assert(
    fc.property(projects, ({ span: [from, to], applications }) => {
      const reversed = applications.map((one) => ({ ...one, ended: [...one.ended].reverse() })).reverse();
      expect(partitionCustody({ from, to, applicant, applications: reversed })).toEqual(
        partitionCustody({ from, to, applicant, applications }),
      );
    }),
  );
});
