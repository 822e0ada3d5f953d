import 'reflect-metadata';
import { afterEach, describe, expect, test } from '@jest/globals';
import { numberOfDay } from '#libs/law/calendar';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/engine/store-lmdb';
import fc from 'fast-check';
import { effectPanel, equalWindows, measureEffect } from './effect.query.js';
import { applicant, head, History, windowClerk } from '../testing/history.js';
import { ReportsBench } from '../testing/reports.js';

const bench = new ReportsBench({ openEventStore: openLmdbEventStore, openReadStore: openLmdbReadStore });
afterEach(() => bench.close());

const length = ({ from, to }: { from: string; to: string }) => numberOfDay(to) - numberOfDay(from) + 1;
const day = (offset: number) => new Date(Date.UTC(2026, 2, 2 + offset)).toISOString().slice(0, 10);

describe('the windows before and after a change', () => {
  test('are of equal length and meet at its first day', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(400), fc.nat(200), (from, lasted, most) => {
        const windows = equalWindows({ from: day(from), until: day(from + lasted), daysAtMost: most + 1 });
        if (lasted === 0) {
          expect(windows).toBeNull();
          return;
        }
        const windowDays = Math.min(lasted, most + 1);
        expect(windows).toEqual({
          windowDays,
          before: { from: day(from - windowDays), to: day(from - 1) },
          after: { from: day(from), to: day(from + windowDays - 1) },
        });
        if (windows)
          expect([length(windows.before), length(windows.after)]).toEqual([windowDays, windowDays]);
      }),
    );
  });

  test('a change that is still to come has no effect yet', () => {
    expect(equalWindows({ from: '2026-03-10', until: '2026-03-01' })).toBeNull();
  });
});

/** An application of GC-02 that is submitted and accepted on one day and approved `days` days later, at 10:00. */
function handled(history: History, project: string, from: number, days: number, supplemented = false): void {
  const at = (offset: number) => `${day(offset)}T02:00:00.000Z`;
  const id = `${project}-GC-02`;
  history.register(project, { at: at(from) });
  history.submit(id, at(from));
  if (supplemented) {
    const items = [{ material: '图纸', reason: '缺章' }];
    history.act({ type: 'RequestSupplement', id, items }, windowClerk, at(from));
    history.act({ type: 'SubmitSupplement', id }, applicant, at(from));
  }
  history.act({ type: 'AcceptApplication', id }, windowClerk, at(from));
  history.act({ type: 'ApproveApplication', id, missing: [], needsReview: false }, head, at(from + days));
}

/** Tried from Monday 16 March on; days are counted from Monday 2 March. */
function tried(): History {
  const history = new History();
  handled(history, 'old', 0, 2);
  handled(history, 'slow', 2, 9, true);
  const improvement = { improvement: 'i1', matter: 'GC-02' };
  history.record(
    'improvement-i1',
    {
      type: 'ImprovementProposed',
      version: 1,
      data: {
        ...improvement,
        matterVersion: 1,
        department: 'natural-resources',
        title: '同步',
        change: '同步踏勘',
        expected: null,
      },
    },
    { occurredAt: `${day(12)}T02:00:00.000Z` },
  );
  history.record(
    'improvement-i1',
    {
      type: 'ImprovementTrialStarted',
      version: 1,
      data: { ...improvement, from: day(14), matterVersion: null },
    },
    { actor: head, occurredAt: `${day(12)}T03:00:00.000Z` },
  );
  handled(history, 'new', 14, 1);
  handled(history, 'late', 15, 20);
  return history;
}

describe('the effect of an improvement', () => {
  test('compares the cases that ended in the one window with those of the other', async () => {
    const { models } = await bench.load(tried());
    const of = (now: number, daysAtMost: number | null = null) =>
      effectPanel(models, { id: 'i1', daysAtMost, now: `${day(now)}T02:00:00.000Z` });
    expect(await of(18)).toEqual({
      improvement: 'i1',
      matter: 'GC-02',
      status: 'trial',
      trial: { from: '2026-03-16', matterVersion: null, orderedBy: head },
      effect: {
        windowDays: 4,
        // The slow one alone: from Wednesday 4 March to Friday 13 March are seven working days, two more than promised.
        before: {
          ...{ from: '2026-03-12', to: '2026-03-15', cases: 1, steps: 3, days: 7, handOffs: 2 },
          ...{ onTimeOf: 1, onTimeRate: 0, supplementRate: 1 },
        },
        after: {
          ...{ from: '2026-03-16', to: '2026-03-19', cases: 1, steps: 2, days: 1, handOffs: 0 },
          ...{ onTimeOf: 1, onTimeRate: 1, supplementRate: 0 },
        },
        trends: {
          ...{ steps: 'better', days: 'better', handOffs: 'better', onTimeRate: 'better' },
          supplementRate: 'better',
        },
      },
    });
    const whole = await of(14 + 22);
    expect([whole?.effect?.windowDays, whole?.effect?.before.cases, whole?.effect?.after.cases]).toEqual([
      22, 2, 2,
    ]);
    expect([whole?.effect?.before.from, whole?.effect?.after.to]).toEqual([day(14 - 22), day(14 + 21)]);
    expect(whole?.effect?.trends.onTimeRate).toBe('same');
    const two = await of(14 + 22, 2);
    expect([two?.effect?.windowDays, two?.effect?.before.cases, two?.effect?.trends.days]).toEqual([
      2,
      0,
      null,
    ]);
    expect((await of(14))?.effect).toBeNull();
    expect(
      await effectPanel(models, { id: 'i2', daysAtMost: null, now: `${day(20)}T02:00:00.000Z` }),
    ).toBeNull();
    expect(await measureEffect(models, { matter: 'XX-99', from: day(14), until: day(15) })).toEqual({
      windowDays: 1,
      before: { from: day(13), to: day(13), ...nothing },
      after: { from: day(14), to: day(14), ...nothing },
    });
  });
});

const nothing = {
  ...{
    cases: 0,
    steps: null,
    days: null,
    handOffs: null,
    onTimeOf: 0,
    onTimeRate: null,
    supplementRate: null,
  },
};
