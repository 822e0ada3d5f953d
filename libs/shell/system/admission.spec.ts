import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { refusalOf } from '#libs/shell/nest';
import { fastify, type FastifyInstance } from 'fastify';
import { Admission } from './admission.js';

const LONGEST_MS = 1_000;
let now: number;
let server: FastifyInstance;
/** Ends the work of those that are inside, the first first. */
let ends: (() => void)[];

beforeEach(async () => {
  now = 0;
  ends = [];
  server = fastify();
  new Admission({ most: 100, longestMs: LONGEST_MS }, () => now).guard(server);
  server.setErrorHandler((error, _request, reply) => {
    const refusal = refusalOf(error);
    return reply
      .code(refusal?.status ?? 500)
      .headers({ ...refusal?.headers })
      .send(refusal?.code);
  });
  server.get('/work', () => new Promise((resolve) => ends.push(() => resolve('done'))));
  server.get('/health/live', () => 'live');
  await server.ready();
});
afterEach(() => server.close());

type Answer = { readonly status: number; readonly body: string; readonly retryAfter: unknown };
const ask = async (url: string): Promise<Answer> => {
  const { statusCode: status, body, headers } = await server.inject(url);
  return { status, body, retryAfter: headers['retry-after'] };
};
/** So many begin their work; the answer resolves when all are inside. */
async function begin(count: number): Promise<readonly Promise<Answer>[]> {
  const inside = ends.length + count;
  const answers = Array.from({ length: count }, () => ask('/work'));
  while (ends.length < inside) await new Promise((resolve) => setImmediate(resolve));
  return answers;
}
const DONE = { status: 200, body: 'done', retryAfter: undefined };
const REFUSED = { status: 503, body: 'http.overloaded', retryAfter: '1' };

test('K8 while none is answered in time, a few are let in, the rest is refused at once, and the process answers that it lives', async () => {
  const first = await begin(20);
  now = LONGEST_MS;
  // They have taken no longer than they may.
  const second = await begin(1);
  now = LONGEST_MS + 1;
  // With the one that came a moment ago seven find out whether it goes faster.
  const trials = await begin(7);
  expect(await ask('/work')).toEqual(REFUSED);
  expect(await ask('/health/live')).toEqual({ status: 200, body: 'live', retryAfter: undefined });
  ends.splice(0).forEach((end) => end());
  expect(await Promise.all([...first, ...second, ...trials])).toEqual(Array<Answer>(28).fill(DONE));
});

test('K8 as soon as one is answered in time all are let in again', async () => {
  const slow = await begin(20);
  now = LONGEST_MS + 1;
  const trials = await begin(8);
  expect(await ask('/work')).toEqual(REFUSED);
  now += 10;
  ends.pop()?.();
  expect(await trials.at(-1)).toEqual(DONE);
  const more = await begin(30);
  ends.splice(0).forEach((end) => end());
  expect(await Promise.all([...slow, ...trials, ...more])).toEqual(Array<Answer>(58).fill(DONE));
});

test('K8 one that waits for something of its own keeps nobody out', async () => {
  const waiting = await begin(1);
  for (now = 0; now < 10 * LONGEST_MS; now += 100) {
    const others = await begin(7);
    ends.splice(1).forEach((end) => end());
    expect(await Promise.all(others)).toEqual(Array<Answer>(7).fill(DONE));
  }
  ends.splice(0).forEach((end) => end());
  expect(await Promise.all(waiting)).toEqual([DONE]);
});
