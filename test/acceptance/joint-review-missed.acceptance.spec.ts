import 'reflect-metadata';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  AgendaBuilder,
  type SessionDocument,
  sessionDecider,
  type SessionRunner,
} from '#libs/county/coordination';
import { SessionPolicy } from '#libs/county/coordination/http';
import { DeciderRunner, PolicyRunner, type StoredEvent } from '#libs/engine/event-sourcing';
import { Policies, ReportedCases } from '#libs/shell/system';
import { type Body } from '../e2e/server.js';
import { inShort, JointReviewCounty, midnightAfter, nine } from './joint-review-county.js';

let timed: JointReviewCounty;
beforeEach(async () => {
  timed = await JointReviewCounty.open();
});
afterEach(() => timed.close());

async function eventsOf(session: string): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const event of timed.server.system.eventStore.readStream(`session-${session}`))
    events.push(event);
  return events;
}

const told = (events: readonly StoredEvent[]) =>
  events.map(({ type, metadata }) => [type, metadata.occurredAt]);

/** Another worker on the same log and read models: its own runner, which remembers nothing of the first. */
function secondWorker(): PolicyRunner {
  const {
    eventStore,
    models,
    calendar,
    projections,
    sessionSchedule: schedule,
    signalSettings,
  } = timed.server.system;
  const sessions: SessionRunner = new DeciderRunner(eventStore, sessionDecider({ calendar, schedule }), {
    versions: () => ({ calendarVersion: calendar.version, catalogueVersion: null }),
  });
  const source = new ReportedCases(models, calendar, signalSettings.idleWorkingDays);
  const agenda = new AgendaBuilder({ models, sessions, source, limit: schedule.agendaLimit });
  return new PolicyRunner([new SessionPolicy({ models, sessions, agenda, schedule, calendar })], {
    now: () => new Date(timed.clock.now()).toISOString(),
    reached: (position) => projections.waitFor(position, 10_000),
  });
}

test('2.3a a session that was not held raises an alert, until one is held again', async () => {
  const alarms = async () => (await timed.server.get('/health/ready')).body['alarms'];
  await timed.accepted('mill');
  await timed.tick(nine('02-24'));
  expect(await alarms()).toEqual([]);
  await timed.tick(midnightAfter('02-24'));
  expect(await timed.statuses()).toContainEqual(['2026-02-16', '2026-02-24', 'convened']);
  await timed.tick('2026-02-24T16:00:00.001Z');
  const missed = (await timed.read('/sessions?status=missed')).items;
  expect(missed.map(({ id, alert, carriedOver }: Body) => [id, alert, carriedOver])).toEqual([
    ['2026-02-16', true, [{ application: 'mill-LX-06', carryCount: 1 }]],
  ]);
  expect(await alarms()).toEqual(['joint review session 2026-02-16 was not held on 2026-02-24']);
  const metrics = await timed.server.metrics();
  expect(metrics).toContain('zhitong_joint_review_missed 1');
  const late = { chair: 'demo-leader', attendance: [{ department: 'water', person: 'water-head' }] };
  const opened = await timed.server.post('/sessions/2026-02-16/opening', 'demo-campaign', late);
  expect([opened.status, opened.body['code']]).toEqual([409, 'session.missed']);

  await timed.tick(nine('03-02'));
  expect((await timed.agendaOf('2026-03-01')).map(inShort)).toEqual([
    ['mill-LX-06', ['carried-over', 'overdue', 'stalled'], 1],
  ]);
  await timed.done('/sessions/2026-03-01/opening', 'demo-campaign', late);
  expect(await alarms()).toEqual([]);
  expect((await timed.read('/sessions/2026-03-01')).absent).toEqual(['natural-resources']);
});

test('2.3a after downtime every session that fell due is made up for in order, once, by two workers and across restarts', async () => {
  await timed.tick(nine('02-03'));
  await timed.restart({}, nine('03-20'));
  await Promise.all([timed.server.app.get(Policies).catchUp(), secondWorker().catchUp()]);
  await timed.restart();
  await Promise.all([secondWorker().catchUp(), timed.server.app.get(Policies).catchUp()]);
  await timed.server.caughtUp();

  expect(await timed.statuses()).toEqual([
    ['2026-04-01', '2026-04-01', 'scheduled'],
    ['2026-03-16', '2026-03-16', 'missed'],
    ['2026-03-01', '2026-03-02', 'missed'],
    ['2026-02-16', '2026-02-24', 'missed'],
  ]);
  expect(told(await eventsOf('2026-02-16'))).toEqual([
    ['JointReviewScheduled', midnightAfter('02-02')],
    ['JointReviewConvened', midnightAfter('02-23')],
    ['JointReviewMissed', midnightAfter('02-24')],
  ]);
  expect(told(await eventsOf('2026-03-16'))).toEqual([
    ['JointReviewScheduled', midnightAfter('03-01')],
    ['JointReviewConvened', midnightAfter('03-15')],
    ['JointReviewMissed', midnightAfter('03-16')],
  ]);
  const inOrder: string[] = [];
  for await (const { type, stream } of timed.server.system.eventStore.readAll(null)) {
    if (type === 'JointReviewConvened' || type === 'JointReviewMissed') inOrder.push(`${stream} ${type}`);
  }
  expect(inOrder).toEqual(
    ['2026-02-16', '2026-03-01', '2026-03-16'].flatMap((id) => [
      `session-${id} JointReviewConvened`,
      `session-${id} JointReviewMissed`,
    ]),
  );
  const faults = timed.server.app
    .get(Policies)
    .status()
    .flatMap((status) => status.faults);
  expect(faults).toEqual([]);
  const { items } = await timed.read('/sessions');
  expect(items.map(({ carriedFrom }: SessionDocument) => carriedFrom)).toEqual([
    null,
    '2026-03-01',
    '2026-02-16',
    null,
  ]);
});
