import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { TestServer, type Answer } from '../e2e/server.js';

const MOST = 8;
const CALLERS = 200;

describe('K8 many connections at a time', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ env: { MAX_IN_FLIGHT: `${MOST}` } });
  });
  afterAll(() => server.remove());

  test('K8 a bounded number is worked on, the rest is told at once to come back, and the process answers that it lives', async () => {
    const { eventStore } = server.system;
    const token = await server.token('demo-applicant');
    const append = eventStore.append.bind(eventStore);
    let begun = 0;
    let most = 0;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const held = jest.spyOn(eventStore, 'append').mockImplementation(async (...events) => {
      most = Math.max(most, ++begun);
      await gate;
      return append(...events);
    });
    const headers = { authorization: `Bearer ${token}` };
    const refused: Answer[] = [];
    let isFull: () => void = () => undefined;
    const full = new Promise<void>((resolve) => {
      isFull = resolve;
    });
    const calls = Array.from({ length: CALLERS }, async (_, index) => {
      const body = { id: `crowd-${index}`, name: '人多', template: 'small' };
      const answer = await server.send('POST', '/projects', { body, headers });
      if (answer.status === 503 && refused.push(answer) === CALLERS - MOST) isFull();
      return answer;
    });
    // All others have their answer while those that were let in still wait at the gate.
    await full;
    const live = await server.http.get('/health/live');
    expect([live.status, live.body]).toEqual([200, { status: 'live' }]);
    const ready = await server.http.get('/health/ready');
    expect(ready.status).toBe(200);
    const read = await server.send('GET', '/me', { headers });
    expect([read.status, read.body.code]).toEqual([503, 'http.overloaded']);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(refused[0]?.body).toEqual({
      type: 'urn:zhitong:problem:http.overloaded',
      title: 'Service Unavailable',
      status: 503,
      detail: 'The server is busy and has not started this request; try again later',
      instance: '/api/v1/projects',
      code: 'http.overloaded',
      messages: {
        zh: '系统繁忙，本次请求未处理，请稍后再试',
        en: 'The server is busy and has not started this request; try again later',
      },
    });

    open();
    const answers = await Promise.all(calls);
    held.mockRestore();
    expect(most).toBe(MOST);
    expect(answers.filter(({ status }) => status === 201).length).toBe(MOST);
    expect(answers.filter(({ status }) => status === 503).length).toBe(CALLERS - MOST);
    // What was refused left nothing behind, and all places are free again.
    const registered: string[] = [];
    for await (const event of eventStore.readAll(null, { types: ['ProjectRegistered'] }))
      registered.push(event.stream);
    expect(registered.length).toBe(MOST);
    expect((await server.send('GET', '/me', { headers })).status).toBe(200);
  });

  test('K8 a caller who goes away does not free the place of the work that goes on for him', async () => {
    const { eventStore } = server.system;
    const headers = { authorization: `Bearer ${await server.token('demo-applicant')}` };
    const append = eventStore.append.bind(eventStore);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let begun = 0;
    let allBegun: () => void = () => undefined;
    const begin = new Promise<void>((resolve) => {
      allBegun = resolve;
    });
    const held = jest.spyOn(eventStore, 'append').mockImplementation(async (...events) => {
      if (++begun === MOST) allBegun();
      await gate;
      return append(...events);
    });
    const leaving = new AbortController();
    const gone = Array.from({ length: MOST }, (_, index) =>
      fetch(`${server.url}/api/v1/projects`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ id: `gone-${index}`, name: '走了', template: 'small' }),
        signal: leaving.signal,
      }).catch(() => null),
    );
    await begin;
    leaving.abort();
    await Promise.all(gone);
    expect((await server.send('GET', '/me', { headers })).status).toBe(503);
    open();
    // Their work ends although nobody waits for it, and then there is room again.
    while ((await server.send('GET', '/me', { headers })).status !== 200) await Promise.resolve();
    held.mockRestore();
    expect(begun).toBe(MOST);
  });
});
