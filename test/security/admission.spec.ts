import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { TestServer, type Answer } from '../e2e/server.js';

const MOST = 8;
/** Of these, what one person gets. */
const OWN = 6;
const CALLERS = 200;

describe('K8 many connections at a time', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ env: { MAX_IN_FLIGHT: `${MOST}` } });
  });
  afterAll(() => server.remove());

  test('K8 of one person’s crowd a bounded number is worked on, the rest is refused at once with a time to retry, and another person’s read is answered', async () => {
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
      if (answer.status === 503 && refused.push(answer) === CALLERS - OWN) isFull();
      return answer;
    });
    // All others have their answer while the admitted ones still wait at the gate.
    await full;
    const live = await server.http.get('/health/live');
    expect([live.status, live.body]).toEqual([200, { status: 'live' }]);
    const ready = await server.http.get('/health/ready');
    expect(ready.status).toBe(200);
    const read = await server.send('GET', '/me', { headers });
    expect([read.status, read.body.code]).toEqual([503, 'http.overloaded']);
    expect((await server.get('/me', 'demo-window')).status).toBe(200);
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
    expect(most).toBe(OWN);
    expect(answers.filter(({ status }) => status === 201).length).toBe(OWN);
    expect(answers.filter(({ status }) => status === 503).length).toBe(CALLERS - OWN);
    // What was refused left nothing behind, and all places are free again.
    const registered: string[] = [];
    for await (const event of eventStore.readAll(null, { types: ['ProjectRegistered'] }))
      registered.push(event.stream);
    expect(registered.length).toBe(OWN);
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
      if (++begun === OWN) allBegun();
      await gate;
      return append(...events);
    });
    const leaving = new AbortController();
    const gone = Array.from({ length: OWN }, (_, index) =>
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
    // Their work ends although no caller waits for it, and then there is room again.
    while ((await server.send('GET', '/me', { headers })).status !== 200) await Promise.resolve();
    held.mockRestore();
    expect(begun).toBe(OWN);
  });

  test('K8 a crowd that never waits keeps no other out: a caller that waits until the time writes, others read, and the liveness probe is answered', async () => {
    const CROWD = ['demo-window', 'demo-reviewer', 'demo-head', 'demo-supervisor', 'demo-leader'];
    const CONNECTIONS = 8;
    const TURNS = 10;
    const { readStore } = server.system;
    const find = readStore.find.bind(readStore);
    // An engine that takes its time, so that reads are worked on together.
    const slow = jest.spyOn(readStore, 'find').mockImplementation(async (...query) => {
      await delay(20);
      return find(...query);
    });
    let isOver = false;
    let refusedOfCrowd = 0;
    const bearer = async (as: string) => ({ authorization: `Bearer ${await server.token(as)}` });
    const crowd = CROWD.flatMap((as) =>
      Array.from({ length: CONNECTIONS }, async () => {
        const headers = await bearer(as);
        while (!isOver) {
          const { status } = await server.send('GET', '/projects', { headers });
          if (status === 503) refusedOfCrowd += 1;
          else expect(status).toBe(200);
        }
      }),
    );
    /** Retries at the given time; returns the first answer that is not a refusal. */
    const patiently = async (send: () => Promise<Answer>): Promise<number> => {
      for (;;) {
        const { status, headers } = await send();
        if (status !== 503) return status;
        await delay(Number(headers.get('retry-after')) * 1_000);
      }
    };
    const [applicant, admin] = [await bearer('demo-applicant'), await bearer('demo-admin')];
    const written: number[] = [];
    const writer = async () => {
      for (let turn = 0; turn < TURNS; turn += 1) {
        const body = { id: `turn-${turn}`, name: '轮到我', template: 'small' };
        written.push(await patiently(() => server.send('POST', '/projects', { headers: applicant, body })));
      }
    };
    const read: number[] = [];
    const reader = async () => {
      for (let turn = 0; turn < TURNS; turn += 1)
        read.push(await patiently(() => server.send('GET', '/accounts', { headers: admin })));
    };
    const alive: number[] = [];
    const observer = async () => {
      for (let turn = 0; turn < TURNS; turn += 1) alive.push((await server.http.get('/health/live')).status);
    };
    try {
      while (refusedOfCrowd === 0) await Promise.race([delay(1), ...crowd]);
      await Promise.all([writer(), reader(), observer()]);
    } finally {
      isOver = true;
      await Promise.all(crowd);
      slow.mockRestore();
    }
    expect([written, read, alive]).toEqual([
      Array<number>(TURNS).fill(201),
      Array<number>(TURNS).fill(200),
      Array<number>(TURNS).fill(200),
    ]);
  });
});
