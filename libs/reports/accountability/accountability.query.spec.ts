import 'reflect-metadata';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Holder } from '#libs/county/approval';
import { minutesBetween, workingMinutes } from '#libs/law/calendar';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/engine/store-lmdb';
import fc from 'fast-check';
import { accountability, type AccountabilityItem } from './accountability.query.js';
import {
  applicant,
  calendar,
  head,
  History,
  LICENCE,
  RECEIPT,
  reviewer,
  windowClerk,
} from '../testing/history.js';
import { ReportsBench } from '../testing/reports.js';
import { histories } from '../testing/random-history.js';

const bench = new ReportsBench({ openEventStore: openLmdbEventStore, openReadStore: openLmdbReadStore });
afterEach(() => bench.close());

const ID = 'p1-GC-02';
/** Monday 2026-03-02, 09:00 in China, and so on. */
const at = (day: string, time: string) => new Date(`${day}T${time}:00.000+08:00`).toISOString();

type Moment = readonly [day: string, time: string];

/** A stretch that is over. */
const item = (
  by: Holder,
  application: string | null,
  from: Moment,
  to: Moment,
  [minutes, working]: readonly [number, number],
): AccountabilityItem => ({
  ...by,
  from: at(...from),
  to: at(...to),
  application,
  minutes,
  workingMinutes: working,
  open: false,
});

describe('accountability of a project', () => {
  test('who held it, for how long, and what rule was not kept', async () => {
    const history = new History();
    history.register('p1', { at: at('2026-03-02', '09:00') });
    history.submit(ID, at('2026-03-02', '09:30'));
    history.act(
      { type: 'RequestSupplement', id: ID, items: [{ material: '总平面图', reason: '缺章' }] },
      windowClerk,
      at('2026-03-03', '09:30'),
    );
    history.act({ type: 'SubmitSupplement', id: ID }, applicant, at('2026-03-04', '09:30'));
    history.act(
      { type: 'RequestSupplement', id: ID, items: [{ material: '日照分析', reason: '缺失' }] },
      windowClerk,
      at('2026-03-04', '10:30'),
    );
    history.act({ type: 'SubmitSupplement', id: ID }, applicant, at('2026-03-04', '11:30'));
    history.act({ type: 'AcceptApplication', id: ID }, windowClerk, at('2026-03-04', '14:00'));
    history.act(
      { type: 'AssignReviewer', id: ID, person: 'demo-reviewer', post: '审查岗' },
      head,
      at('2026-03-04', '15:00'),
    );
    history.act(
      { type: 'ReturnApplication', id: ID, reason: '图纸不一致' },
      reviewer,
      at('2026-03-05', '15:00'),
    );
    const reports = await bench.load(history);

    const now = at('2026-03-06', '15:00');
    const department = 'natural-resources';
    const byApplicant: Holder = {
      party: 'applicant',
      department: null,
      post: null,
      person: 'demo-applicant',
    };
    const byClerk: Holder = { party: 'department', department, post: '窗口', person: 'demo-window' };
    const byHead: Holder = { party: 'department', department, post: '局长', person: 'demo-head' };
    const byReviewer: Holder = { party: 'department', department, post: '审查岗', person: 'demo-reviewer' };
    const positionOf = (revision: number) => {
      const event = history.events.find(
        (one) => one.stream === `application-${ID}` && Number(one.revision) === revision,
      );
      return { stream: `application-${ID}`, revision: `${revision}`, type: event?.type ?? '' };
    };

    const audit = await accountability(reports.models, calendar, { project: 'p1', now });
    expect(withoutPositions(audit)).toEqual({
      project: 'p1',
      from: at('2026-03-02', '09:00'),
      to: now,
      items: [
        item(byApplicant, null, ['2026-03-02', '09:00'], ['2026-03-02', '09:30'], [30, 30]),
        item(byClerk, ID, ['2026-03-02', '09:30'], ['2026-03-03', '09:30'], [1440, 480]),
        item(byApplicant, ID, ['2026-03-03', '09:30'], ['2026-03-04', '09:30'], [1440, 480]),
        item(byClerk, ID, ['2026-03-04', '09:30'], ['2026-03-04', '10:30'], [60, 60]),
        item(byApplicant, ID, ['2026-03-04', '10:30'], ['2026-03-04', '11:30'], [60, 60]),
        item(byClerk, ID, ['2026-03-04', '11:30'], ['2026-03-04', '14:00'], [150, 90]),
        item(byHead, ID, ['2026-03-04', '14:00'], ['2026-03-04', '15:00'], [60, 60]),
        item(byReviewer, ID, ['2026-03-04', '15:00'], ['2026-03-05', '15:00'], [1440, 480]),
        {
          ...item(byApplicant, ID, ['2026-03-05', '15:00'], ['2026-03-06', '15:00'], [1440, 480]),
          open: true,
        },
      ],
      holders: [
        { ...byApplicant, minutes: 2970, workingMinutes: 1050, share: 2970 / 6120 },
        { ...byClerk, minutes: 1650, workingMinutes: 630, share: 1650 / 6120 },
        { ...byReviewer, minutes: 1440, workingMinutes: 480, share: 1440 / 6120 },
        { ...byHead, minutes: 60, workingMinutes: 60, share: 60 / 6120 },
      ],
      totalMinutes: 6120,
      totalWorkingMinutes: 2220,
      breaches: [
        {
          code: 'repeated-supplement',
          article: '行政许可法 Art. 72(4)',
          application: ID,
          department,
          person: 'demo-window',
          detail: { round: 2, requestedAt: at('2026-03-04', '10:30') },
          evidence: [positionOf(1), positionOf(3)],
        },
        {
          code: 'return-without-article',
          article: '行政许可法 Art. 38',
          application: ID,
          department,
          person: 'demo-reviewer',
          detail: { round: 1, returnedAt: at('2026-03-05', '15:00') },
          evidence: [positionOf(8)],
        },
      ],
    });
  });

  test('late notice, exceeded terms and late delivery, each with its evidence', async () => {
    const history = new History();
    history.register('p1', { at: at('2026-03-02', '09:00') });
    history.submit(ID, at('2026-03-02', '09:30'));
    history.act({ type: 'AcceptApplication', id: ID }, windowClerk, at('2026-03-10', '09:30'));
    const accepted = await bench.load(history);
    const codes = async (reports: typeof accepted, now: string) =>
      (await accountability(reports.models, calendar, { project: 'p1', now }))?.breaches.map(
        ({ code, person, detail, evidence }) => ({
          code,
          person,
          detail,
          types: evidence.map(({ type }) => type),
        }),
      );

    const late = {
      code: 'notice-late',
      person: 'demo-window',
      detail: {
        receivedAt: at('2026-03-02', '09:30'),
        dueAt: at('2026-03-10', '00:00'),
        answeredAt: at('2026-03-10', '09:30'),
        workingDays: 6,
        provisional: false,
      },
      types: ['ApplicationSubmitted', 'ApplicationAccepted'],
    };
    expect(await codes(accepted, at('2026-03-18', '00:00'))).toEqual([late]);
    expect(await codes(accepted, at('2026-03-18', '00:01'))).toEqual([
      late,
      {
        code: 'promised-term-exceeded',
        person: null,
        detail: {
          dueAt: at('2026-03-18', '00:00'),
          stoppedAt: null,
          running: true,
          verified: true,
          provisional: false,
        },
        types: ['ApplicationAccepted'],
      },
    ]);

    history.act(
      { type: 'ApproveApplication', id: ID, missing: [], needsReview: false },
      head,
      at('2026-04-08', '10:00'),
    );
    const decided = await bench.load(history);
    const exceeded = {
      code: 'statutory-term-exceeded',
      person: 'demo-head',
      detail: {
        dueAt: at('2026-04-08', '00:00'),
        stoppedAt: at('2026-04-08', '10:00'),
        running: false,
        verified: true,
        provisional: false,
      },
      types: ['ApplicationAccepted', 'ApplicationApproved'],
    };
    const delivery = { decidedAt: at('2026-04-08', '10:00'), dueAt: at('2026-04-23', '00:00') };
    expect(await codes(decided, at('2026-04-23', '00:00'))).toEqual([late, exceeded]);
    expect(await codes(decided, at('2026-04-24', '00:00'))).toEqual([
      late,
      exceeded,
      {
        code: 'delivery-missing',
        person: null,
        detail: { ...delivery, deliveredAt: null },
        types: ['ApplicationApproved'],
      },
    ]);

    history.act({ type: 'DeliverDecision', id: ID }, windowClerk, at('2026-04-24', '09:00'));
    expect(await codes(await bench.load(history), at('2026-05-24', '00:00'))).toEqual([
      late,
      exceeded,
      {
        code: 'delivery-late',
        person: 'demo-window',
        detail: { ...delivery, deliveredAt: at('2026-04-24', '09:00') },
        types: ['ApplicationApproved', 'DecisionDelivered'],
      },
    ]);
  });

  test('no notice at all, and no duty to give one where the law sets no term', async () => {
    const history = new History();
    history.register('p1', { at: at('2026-03-02', '09:00'), matters: [LICENCE, RECEIPT] });
    history.submit(ID, at('2026-03-02', '09:30'));
    history.submit('p1-RC-01', at('2026-03-02', '09:30'));
    const { models } = await bench.load(history);
    const audit = await accountability(models, calendar, { project: 'p1', now: at('2026-03-10', '00:01') });
    expect(audit?.breaches.map(({ code, application }) => ({ code, application }))).toEqual([
      { code: 'notice-missing', application: ID },
    ]);
  });

  test('the parts sum to the whole, however the project went', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(10_000), async (history, later) => {
        const { models } = await bench.load(history);
        const end = Date.parse(history.events.at(-1)?.metadata.occurredAt ?? '');
        const now = new Date(end + later * 61_234).toISOString();
        for (const { stream } of history.events.filter(({ type }) => type === 'ProjectRegistered')) {
          const audit = await accountability(models, calendar, {
            project: stream.slice('project-'.length),
            now,
          });
          if (!audit) throw new Error(`${stream} has no audit`);
          const { from, to, items, holders, totalMinutes, totalWorkingMinutes } = audit;
          const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
          expect({
            minutes: sum(items.map(({ minutes }) => minutes)),
            working: sum(items.map(({ workingMinutes: working }) => working)),
            ofHolders: sum(holders.map(({ minutes }) => minutes)),
            seams: items.map((item) => item.from).slice(1),
          }).toEqual({
            minutes: totalMinutes,
            working: totalWorkingMinutes,
            ofHolders: totalMinutes,
            seams: items.map((item) => item.to).slice(0, -1),
          });
          expect({ totalMinutes, totalWorkingMinutes }).toEqual({
            totalMinutes: minutesBetween(from, to),
            totalWorkingMinutes: workingMinutes(from, to, calendar),
          });
        }
        await bench.close();
      }),
      { numRuns: 25 },
    );
  });

  test('no such project: null', async () => {
    const { models } = await bench.load(new History());
    expect(
      await accountability(models, calendar, { project: 'p9', now: at('2026-03-02', '09:00') }),
    ).toBeNull();
  });
});

/** The position of an event in the log depends on the store. */
function withoutPositions(audit: Awaited<ReturnType<typeof accountability>>) {
  return (
    audit && {
      ...audit,
      breaches: audit.breaches.map((breach) => ({
        ...breach,
        evidence: breach.evidence.map(({ stream, revision, type }) => ({ stream, revision, type })),
      })),
    }
  );
}
