import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { StoreUnavailable } from '#libs/event-sourcing';
import { Metrics } from '#libs/nest';
import { type Engines } from './engines.js';
import { HealthController } from './health.controller.js';
import { type CanaryReport, type Policies } from './policies.service.js';
import { type Projections } from './projections.service.js';
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

const engines = [{ engine: 'lmdb', keeps: 'events', away: null }];

/** A health check of a process that is ready, whose canary is as given; a joint review session was missed. */
function check(canary: () => Promise<CanaryReport>): {
  answer: ReturnType<HealthController['ready']>;
  status: () => number;
} {
  const readiness = new Readiness();
  readiness.done('seed');
  readiness.done('projections');
  const controller = new HealthController(
    readiness,
    { states: () => Promise.resolve(engines) } as unknown as Engines,
    { status: () => [] } as unknown as Projections,
    { status: () => policies, canary, missedSession } as unknown as Policies,
    new Metrics(),
  );
  let status = 0;
  const reply = {
    status(code: number) {
      status = code;
      return { header: () => reply };
    },
  } as unknown as Parameters<HealthController['ready']>[0];
  return { answer: controller.ready(reply), status: () => status };
}

test('a policy that cannot act and a silent canary are alarms, and no reason to send requests elsewhere', async () => {
  const canary = { homeAt: null, ageSeconds: null, silent: true };
  const { answer, status } = check(async () => canary);
  expect(await answer).toEqual({
    status: 'ready',
    missing: [],
    alarms: [
      'canary silent: the escalation ladder does not run',
      'joint review session 2026-11-16 was not held on 2026-11-16',
      'policy timers cannot act on p1-GC-02: ApplicationSubmitted a second time',
    ],
    engines,
    projections: [],
    policies,
    canary,
  });
  expect(status()).toBe(200);
});

test('read models that are away leave the canary unknown; any other error is not hidden', async () => {
  const away = check(() => Promise.reject(new StoreUnavailable('lmdb', 'away')));
  expect(await away.answer).toMatchObject({
    status: 'ready',
    canary: null,
    alarms: [
      'joint review session 2026-11-16 was not held on 2026-11-16',
      'policy timers cannot act on p1-GC-02: ApplicationSubmitted a second time',
    ],
  });
  await expect(check(() => Promise.reject(new Error('a fault of ours'))).answer).rejects.toThrow(
    'a fault of ours',
  );
});
