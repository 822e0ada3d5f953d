import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { refusalOf } from '#libs/shell/nest';
import { fastify, type FastifyInstance, type FastifyRequest } from 'fastify';
import { Admission } from './admission.js';

const MOST = 100;
const LONGEST_MS = 1_000;
/** As a refusal says. */
const RETRY_MS = 1_000;
let now: number;
let server: FastifyInstance;
/** Ends the work of those that are inside, the first first. */
let ends: (() => void)[];

beforeEach(async () => {
  now = 0;
  ends = [];
  server = fastify();
  const callerOf = ({ headers }: FastifyRequest) => ({ name: String(headers['x-caller']), isPerson: true });
  new Admission({ max: MOST, longestMs: LONGEST_MS }, callerOf, () => now).guard(server);
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
let strangers = 0;
/** By a caller of its own, unless one is named. */
const ask = async (url: string, caller = `stranger-${(strangers += 1)}`): Promise<Answer> => {
  const { statusCode: status, body, headers } = await server.inject({ url, headers: { 'x-caller': caller } });
  return { status, body, retryAfter: headers['retry-after'] };
};
/** Starts `count` requests, each by a caller of its own unless one is named; resolves when all have been admitted. */
async function begin(count: number, caller?: string): Promise<readonly Promise<Answer>[]> {
  const inside = ends.length + count;
  const answers = Array.from({ length: count }, () => ask('/work', caller));
  while (ends.length < inside) await new Promise((resolve) => setImmediate(resolve));
  return answers;
}
const DONE = { status: 200, body: 'done', retryAfter: undefined };
const REFUSED = { status: 503, body: 'http.overloaded', retryAfter: '1' };

test('K8 while none is answered in time, a few are admitted, the rest is refused at once, and the liveness probe is answered', async () => {
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

test('K8 a request that waits for something of its own keeps no other out', async () => {
  const waiting = await begin(1);
  for (now = 0; now < 10 * LONGEST_MS; now += 100) {
    const others = await begin(7);
    ends.splice(1).forEach((end) => end());
    expect(await Promise.all(others)).toEqual(Array<Answer>(7).fill(DONE));
  }
  ends.splice(0).forEach((end) => end());
  expect(await Promise.all(waiting)).toEqual([DONE]);
});

test('K8 one caller gets two thirds of the places, the next a part of the rest, and there is always one for who comes first', async () => {
  const answers: Promise<Answer>[] = [];
  // Another only while he has fewer than twice as many as are free.
  for (const [caller, places] of [
    ['one', 67],
    ['two', 22],
    ['three', 8],
  ] as const) {
    answers.push(...(await begin(places, caller)));
    expect(await ask('/work', caller)).toEqual(REFUSED);
  }
  answers.push(...(await begin(1)));
  expect(await ask('/health/live')).toEqual({ status: 200, body: 'live', retryAfter: undefined });
  ends.splice(0).forEach((end) => end());
  expect(await Promise.all(answers)).toEqual(Array<Answer>(98).fill(DONE));
});

test('K8 a crowd that retries before the time does not get the last places; a caller that waits until the time is admitted', async () => {
  const crowd = Array.from({ length: 2 * MOST }, (_, n) => `crowd-${n}`);
  const inside = await begin(MOST);
  for (const caller of [...crowd, 'patient']) expect(await ask('/work', caller)).toEqual(REFUSED);
  // A quarter of the places becomes free, and all the crowd asks for them at once, again and again.
  ends.splice(0, MOST / 4).forEach((end) => end());
  await Promise.all(inside.slice(0, MOST / 4));
  for (now = 100; now < RETRY_MS; now += 300)
    for (const caller of crowd) expect(await ask('/work', caller)).toEqual(REFUSED);
  now = RETRY_MS;
  for (const caller of crowd) expect(await ask('/work', caller)).toEqual(REFUSED);
  const [patient] = await begin(1, 'patient');
  const [newcomer] = await begin(1);
  ends.splice(0).forEach((end) => end());
  expect([await patient, await newcomer]).toEqual([DONE, DONE]);
  await Promise.all(inside);
  // When there is room for all, no caller waits because of earlier requests.
  const again = await begin(1, 'crowd-0');
  ends.splice(0).forEach((end) => end());
  expect(await Promise.all(again)).toEqual([DONE]);
});

test('K8 while none is answered in time, those who find that out are not all of one caller', async () => {
  const slow = await begin(20, 'one');
  now = LONGEST_MS + 1;
  const trials = [...(await begin(6, 'one'))];
  expect(await ask('/work', 'one')).toEqual(REFUSED);
  trials.push(...(await begin(1)));
  ends.splice(0).forEach((end) => end());
  expect(await Promise.all([...slow, ...trials])).toEqual(Array<Answer>(27).fill(DONE));
});
