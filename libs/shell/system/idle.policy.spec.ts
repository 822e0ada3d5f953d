import 'reflect-metadata';
import { afterEach, expect, test } from '@jest/globals';
import { type ApplicationRunner, applicationDecider } from '#libs/county/approval';
import { DeciderRunner, PolicyRunner, type StoredEvent } from '#libs/engine/event-sourcing';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/engine/store-lmdb';
import {
  applicant,
  calendar,
  head,
  History,
  LICENCE,
  type Reports,
  ReportsBench,
  windowClerk,
} from '#libs/reports/testing';
import { IdlePolicy } from './idle.policy.js';

const bench = new ReportsBench({ openEventStore: openLmdbEventStore, openReadStore: openLmdbReadStore });
afterEach(() => bench.close());

const at = (day: string, time = '09:00') => new Date(`${day}T${time}:00.000+08:00`).toISOString();
const SUBDIVISION = { ...LICENCE, code: 'LX-06' };

/** Accepted on the day given, and nothing since; `p1` has two such applications. */
function idleCases(): History {
  const history = new History();
  history.register('p1', { at: at('2026-03-02'), matters: [LICENCE, SUBDIVISION] });
  history.register('p2', { at: at('2026-03-02') });
  for (const [id, day] of [
    ['p1-GC-02', '2026-03-02'],
    ['p2-GC-02', '2026-03-03'],
    ['p1-LX-06', '2026-03-04'],
  ] as const) {
    history.submit(id, at(day));
    history.act({ type: 'AcceptApplication', id }, windowClerk, at(day, '10:00'));
  }
  return history;
}

async function flags({ events }: Reports): Promise<(readonly [string, unknown])[]> {
  const flagged: (readonly [string, unknown])[] = [];
  for await (const { type, stream, data } of events.readAll(null)) {
    if (type === 'IdleHolderFlagged') flagged.push([stream, (data as { since: string }).since]);
  }
  return flagged;
}

function policyOf({ models, events }: Reports, broken: ReadonlySet<string> = new Set()) {
  const runner: ApplicationRunner = new DeciderRunner(events, applicationDecider({ calendar }));
  const applications: Pick<ApplicationRunner, 'run'> = {
    run: (stream, command, ...facts) =>
      broken.has(command.id)
        ? Promise.reject(new Error('it is broken'))
        : runner.run(stream, command, ...facts),
  };
  const withFindings = () => Promise.resolve([]);
  return new IdlePolicy({ models, applications, calendar, idleWorkingDays: 10, withFindings });
}

/** Looks once; what it does shows in the read models of the next look only. */
const runnerOf = (policy: IdlePolicy, now: string) =>
  new PolicyRunner([policy], { now: () => now, reached: () => Promise.resolve(false) });

test('every stalled application is due at the start of its tenth working day, the longest first', async () => {
  const reports = await bench.load(idleCases());
  const policy = policyOf(reports);
  expect((await policy.due(at('2026-03-15', '23:59'), null)).tasks).toEqual([]);
  const { tasks, nextCursor } = await policy.due(at('2026-03-18', '00:00'), null);
  expect(tasks.map(({ subject, at: due, since }) => [subject, due, since])).toEqual([
    ['p1-GC-02', at('2026-03-16', '00:00'), at('2026-03-02', '10:00')],
    ['p2-GC-02', at('2026-03-17', '00:00'), at('2026-03-03', '10:00')],
    ['p1-LX-06', at('2026-03-18', '00:00'), at('2026-03-04', '10:00')],
  ]);
  expect(nextCursor).toBeNull();
});

test('a case that cannot be flagged is a fault of its own, and the others are flagged', async () => {
  const reports = await bench.load(idleCases());
  const runner = runnerOf(policyOf(reports, new Set(['p1-GC-02'])), at('2026-03-18'));
  await runner.catchUp();
  expect(await flags(reports)).toEqual([
    ['application-p2-GC-02', at('2026-03-03', '10:00')],
    ['application-p1-LX-06', at('2026-03-04', '10:00')],
  ]);
  const [status] = runner.status();
  expect(status?.faults.map(({ policy, subject, message }) => [policy, subject, message])).toEqual([
    ['idle-holders', 'p1-GC-02', 'it is broken'],
  ]);
});

test('what was flagged is flagged again only after another act', async () => {
  const history = idleCases();
  const flag = (event: StoredEvent) => event.type === 'IdleHolderFlagged';
  const first = await bench.load(history);
  await runnerOf(policyOf(first), at('2026-03-17')).catchUp();
  for await (const event of first.events.readAll(null)) {
    if (flag(event)) history.record(event.stream, event as never, event.metadata);
  }
  const second = await bench.load(history);
  expect((await policyOf(second).due(at('2026-03-17'), null)).tasks).toEqual([]);

  history.act({ type: 'AssignReviewer', id: 'p1-GC-02', person: 'zhao' }, head, at('2026-03-18'));
  const third = await bench.load(history);
  const { tasks } = await policyOf(third).due(at('2026-04-01'), null);
  expect(tasks.map(({ subject, since }) => [subject, since])).toEqual([
    ['p1-LX-06', at('2026-03-04', '10:00')],
    ['p1-GC-02', at('2026-03-18')],
  ]);
});

test('an excluded procedure does not count as idle, nor does an ended application', async () => {
  const history = idleCases();
  const cause = { cause: 'hearing', notice: '1号', days: 5 } as const;
  history.act({ type: 'SuspendClock', id: 'p1-GC-02', ...cause }, head, at('2026-03-05'));
  history.act({ type: 'WithdrawApplication', id: 'p1-LX-06', reason: '调整' }, applicant, at('2026-03-05'));
  const { tasks } = await policyOf(await bench.load(history)).due(at('2026-03-30'), null);
  expect(tasks.map(({ subject }) => subject)).toEqual(['p2-GC-02']);
});
