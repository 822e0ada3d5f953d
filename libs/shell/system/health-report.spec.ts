import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { type EngineState } from './engines.js';
import { HealthReport } from './health-report.js';
import { type CanaryReport } from './policies.service.js';
import { Readiness } from './readiness.js';

const fault = {
  policy: 'timers',
  subject: 'p1-GC-02',
  work: 'timer/p1-GC-02/broken',
  message: 'ApplicationSubmitted a second time',
  attempts: 3,
  retryAt: '2026-11-24T02:00:20.000Z',
};
const policies = [
  { name: 'timers', caughtUpAt: '2026-11-24T02:00:00.000Z', acted: 7, faults: [fault], waitingFor: null },
];

const missedSession = () => Promise.resolve({ id: '2026-11-16', day: '2026-11-16' });

const log = { id: '0a'.repeat(16), position: '41', head: '7f'.repeat(32) };
const roles = { api: 'here', projector: 'here', clock: 'silent' } as const;

const engines: readonly EngineState[] = [{ engine: 'lmdb', keeps: 'events', away: null }];

/** The report of a process that is ready, whose canary is as given; a joint review session was missed. */
function reportOf(canary: () => Promise<CanaryReport>): HealthReport {
  const readiness = new Readiness();
  readiness.done('seed');
  readiness.done('projections');
  return new HealthReport(
    readiness,
    { states: () => Promise.resolve(engines), log: () => Promise.resolve(log) },
    { status: () => [] },
    { status: () => policies, canary, missedSession },
    { states: () => roles, missing: () => ['clock'] },
  );
}

test('K4 the report shows the head of the chain; a faulted policy and a silent canary are alarms, but the process stays ready', async () => {
  const canary = { homeAt: null, ageSeconds: null, silent: true };
  const report = reportOf(async () => canary);
  expect(await report.word()).toBe('ready');
  expect(await report.details()).toEqual({
    status: 'ready',
    missing: [],
    alarms: [
      'role clock is silent: the process that had it ended without saying so, or hangs',
      'canary silent: the escalation ladder does not run',
      'joint review session 2026-11-16 was not held on 2026-11-16',
      'policy timers cannot act on p1-GC-02: ApplicationSubmitted a second time',
    ],
    engines,
    log,
    roles,
    projections: [],
    policies,
    canary,
  });
});

test('read models that are away leave the canary unknown; any other error is not hidden', async () => {
  const away = reportOf(() => Promise.reject(new StoreUnavailable('lmdb', 'away')));
  expect(await away.details()).toMatchObject({
    status: 'ready',
    canary: null,
    alarms: [
      'role clock is silent: the process that had it ended without saying so, or hangs',
      'joint review session 2026-11-16 was not held on 2026-11-16',
      'policy timers cannot act on p1-GC-02: ApplicationSubmitted a second time',
    ],
  });
  await expect(reportOf(() => Promise.reject(new Error('a fault of ours'))).details()).rejects.toThrow(
    'a fault of ours',
  );
});
