import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Readiness } from '#libs/shell/system';
import { TestServer } from './server.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-restart-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('a restart keeps everything: events, read models, accounts, tokens', async () => {
  const first = await TestServer.start({ directory });
  await first.post('/projects', 'demo-applicant', { id: 'mill', name: '水磨', template: 'small' });
  const submitted = await first.post(
    '/applications/mill-LX-06/submission',
    'demo-applicant',
    {},
    { 'idempotency-key': 's' },
  );
  const token = await first.token('demo-applicant');
  const events = await first.events();
  await first.caughtUp();
  const before = await first.get('/projects/mill/timeline', 'demo-applicant');
  await first.stop();

  const second = await TestServer.start({ directory });
  try {
    expect(await second.events()).toBe(events);
    expect([...second.passwords]).toEqual([]);
    const after = await second.get('/projects/mill/timeline', undefined, {
      authorization: `Bearer ${token}`,
    });
    expect([after.status, after.body]).toEqual([200, before.body]);
    const again = await second.post(
      '/applications/mill-LX-06/submission',
      'demo-applicant',
      {},
      { 'idempotency-key': 's' },
    );
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([
      202,
      submitted.body,
      'true',
    ]);
    const ready = await second.get('/health/ready');
    expect([ready.status, ready.body['missing']]).toEqual([200, []]);
  } finally {
    await second.stop();
  }
});

test('a stop finishes what it accepted, and stores every command it answered', async () => {
  const server = await TestServer.start({ directory });
  const headers = {
    authorization: `Bearer ${await server.token('demo-applicant')}`,
    'content-type': 'application/json',
  };
  const { port } = new URL(server.url);
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const register = (id: string) =>
    new Promise<{ id: string; status: number | null }>((resolve) => {
      const sent = request({ port, agent, headers, method: 'POST', path: '/api/v1/projects' }, (answer) => {
        answer.resume().on('end', () => resolve({ id, status: answer.statusCode ?? null }));
      });
      sent.on('error', () => resolve({ id, status: null }));
      sent.end(JSON.stringify({ id, name: id, template: 'small' }));
    });

  // One request has begun and not ended when the stop comes; many others are on their way.
  const body = JSON.stringify({ id: 'slow', name: 'slow', template: 'small' });
  const stops: Promise<void>[] = [];
  const slow = new Promise<number | undefined>((resolve, reject) => {
    const sent = request(
      {
        port,
        headers: { ...headers, 'content-length': body.length, 'x-correlation-id': 'slow' },
        method: 'POST',
        path: '/api/v1/projects',
      },
      (answer) => answer.resume().on('end', () => resolve(answer.statusCode)),
    );
    sent.on('error', reject);
    // The stop comes once the server has the head of the request and waits for the rest of its body.
    const http = server.app.getHttpServer();
    const whenItHasCome = ({ headers: sentWith }: IncomingMessage) => {
      if (sentWith['x-correlation-id'] !== 'slow') return;
      http.off('request', whenItHasCome);
      setImmediate(() => {
        stops.push(server.stop());
        setTimeout(() => sent.end(body.slice(10)), 100);
      });
    };
    http.on('request', whenItHasCome);
    sent.write(body.slice(0, 10));
  });
  const others = await Promise.all(Array.from({ length: 200 }, (_, index) => register(`p${index}`)));
  expect(await slow).toBe(201);
  expect(stops.length).toBe(1);
  await Promise.all(stops);
  agent.destroy();

  const again = await TestServer.start({ directory });
  try {
    const accepted = others.filter(({ status }) => status === 201).map(({ id }) => id);
    const stored = new Set<string>();
    for await (const event of again.system.eventStore.readAll(null, { types: ['ProjectRegistered'] })) {
      stored.add(event.stream.slice('project-'.length));
    }
    expect(['slow', ...accepted].filter((id) => !stored.has(id))).toEqual([]);
    // Those that were no longer admitted got no answer, never a wrong one.
    expect(
      [...new Set(others.map(({ status }) => status))].filter((status) => status !== 201 && status !== null),
    ).toEqual([]);
  } finally {
    await again.stop();
  }
});

test('not ready until the seed is loaded and projected', async () => {
  const server = await TestServer.start({ directory, ready: false });
  try {
    const state = async () => {
      const { status, body } = await server.get('/health/ready');
      return [status, body['status'], body['missing']];
    };
    expect(await state()).toEqual([503, 'unready', ['seed', 'projections']]);
    expect((await server.get('/health/live')).status).toBe(200);
    server.app.get(Readiness).done('seed');
    expect(await state()).toEqual([503, 'unready', ['projections']]);
    server.app.get(Readiness).done('projections');
    expect(await state()).toEqual([200, 'ready', []]);
  } finally {
    await server.stop();
  }
});

test('a query that would wait too long says so and when to ask again', async () => {
  // A process reports the role projector, but its read models never arrive.
  const env = { ROLES: 'api', AFTER_TIMEOUT_MS: '100' };
  const server = await TestServer.start({ directory, env, ready: false });
  try {
    await server.system.readStore.takeLease({
      name: 'roles:projector:slow',
      owner: 'slow',
      term: 1,
      beat: 0,
    });
    await server.system.heartbeats.round();
    const { body } = await server.post('/projects', 'demo-applicant', {
      id: 'mill',
      name: '水磨',
      template: 'small',
    });
    const answer = await server.get(`/projects?after=${body['position']}`, 'demo-applicant');
    expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([
      503,
      'http.projection-behind',
      '1',
    ]);
  } finally {
    await server.stop();
  }
});
