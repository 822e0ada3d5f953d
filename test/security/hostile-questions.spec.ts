import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ODD_DAYS, operationsOf } from './hostile-bodies.js';
import { HostileCaller } from './hostile-caller.js';
import { type Question, questionsAbout, thingsToRead } from './scenes/reading.scenes.js';
import { World } from './world.js';

let world: World;
let caller: HostileCaller;
/** Each list with its parameters, in the form in which it is lawful. */
let questions: Readonly<Record<string, Question>>;
beforeAll(async () => {
  world = await World.open();
  questions = questionsAbout(await thingsToRead(world));
  // A second thing of each kind, so that lists go on.
  await world.done('li', '/projects', { id: 'second', name: '冷库', template: 'walk' });
  await world.server.caughtUp();
  caller = new HostileCaller(world);
});
afterAll(() => world.close());

const ask = (path: string, as: string | null = 'demo-admin') => caller.send('GET', path, as);
const text = (value: string) => encodeURIComponent(value);

const PARAMETERS = [
  ...['', ' ', '0', '-1', '1e3', '1e999', '9007199254740993', '18446744073709551616', 'NaN', 'null', 'true'],
  ...ODD_DAYS,
  ...['__proto__', 'constructor', '../../etc/passwd', '𠮷😀', '\u0000', '\u202e', '\ufeff', '\u3000'],
  ...["';--", '%', '[]', '{"$gt":""}', 'x'.repeat(300), '长'.repeat(2000)],
].map(text);
/** Not what encoding makes: half a character, no character, a sign that begins one. */
const RAW = ['%ED%A0%80', '%FF', '%C3', '%00', '%', '%ZZ', '&a[b]=c', '&__proto__[x]=1'];

test('odd values in each parameter of each question: answered, or refused with a problem', async () => {
  for (const { route, parameters } of operationsOf(await caller.document())) {
    const path = questions[route]?.path;
    if (!route.startsWith('GET ') || path === undefined) continue;
    const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
    for (const name of names) {
      for (const value of [...PARAMETERS, ...RAW]) await ask(withParameter(path, name, value));
      await ask(`${withParameter(path, name, 'x')}&${name}=y`);
    }
  }
  expect(caller.faults).toEqual([]);
  expect(caller.requests).toBeGreaterThan(5000);
});

function withParameter(path: string, name: string, value: string): string {
  const [address = '', query = ''] = path.split('?');
  const others = query.split('&').filter((one) => one !== '' && !one.startsWith(`${name}=`));
  return `${address}?${[...others, `${name}=${value}`].join('&')}`;
}

const IDS = [
  ...['__proto__', 'constructor', ' ', '.', '..', '-', '长', '😀', 'a b', 'a\u0000b', 'a\u202eb'],
  ...['a'.repeat(201), '长'.repeat(1000), '0', '-1', '18446744073709551616', '{id}', '*', 'a/b', '<script>'],
].map(text);

test('odd names of things in each address: refused with a problem, and nothing is stored', async () => {
  for (const { method, path } of operationsOf(await caller.document())) {
    if (!path.includes('{')) continue;
    for (const id of [...IDS, ...RAW.slice(0, 6), '..%2f..%2fetc']) {
      const address = path.replace(/\{\w+\}/, id);
      if (method === 'GET') await ask(address);
      else await caller.post(address, '{}', 'demo-admin');
    }
  }
  expect(caller.faults).toEqual([]);
});

test('text that is not a position, or one that the log has not reached, is refused on every query', async () => {
  const wrong = [
    '',
    '-1',
    '1e3',
    '0x10',
    '1.0',
    ' 1',
    '٣',
    '18446744073709551616',
    '9223372036854775807',
    '1,2',
  ];
  const answered: string[] = [];
  for (const [route, { path }] of Object.entries(questions)) {
    if (!route.startsWith('GET ') || route.includes('?')) continue;
    for (const position of wrong) {
      const status = await ask(withParameter(path, 'after', text(position)), 'supervisor');
      if (status !== 400) answered.push(`${route} after=${position}: ${status}`);
    }
  }
  expect(answered).toEqual([]);
  expect(caller.faults).toEqual([]);
});

test('a cursor that was tampered with, or is another list’s or person’s, is refused by every list', async () => {
  const lists = operationsOf(await caller.document()).filter(
    ({ route, parameters }) => route.startsWith('GET ') && parameters.some(({ name }) => name === 'cursor'),
  );
  const given = new Map<string, string>();
  for (const { route } of lists) {
    const { path = '' } = questions[route] ?? {};
    const { body } = await world.send('demo-admin', 'GET', withParameter(path, 'limit', '1'));
    if (typeof body.nextCursor === 'string') given.set(route, body.nextCursor);
  }
  const cursors = [...given.values()];
  expect(cursors.length).toBeGreaterThan(5);
  const answered: string[] = [];
  for (const { route } of lists) {
    const path = withParameter(questions[route]?.path ?? '', 'limit', '1');
    const own = given.get(route);
    const wrong = [
      ...['', '0', '-1', '18446744073709551616', 'AAAA', '====', 'null', '[]', 'eyJhIjoxfQ', '长'],
      ...['x'.repeat(8000), 'A'.repeat(9000)],
      ...cursors.filter((cursor) => cursor !== own),
      ...(own === undefined ? [] : [own.slice(0, -1), `${own}A`, `${own}=`, flipped(own), `${own}${own}`]),
    ];
    for (const cursor of wrong) {
      const status = await ask(`${path}&cursor=${text(cursor)}`);
      if (status !== 400) answered.push(`${route} cursor=${cursor.slice(0, 80)}: ${status}`);
    }
    if (own === undefined) continue;
    const [mine, anothers] = [
      await ask(`${path}&cursor=${own}`),
      await ask(`${path}&cursor=${own}`, 'leader'),
    ];
    if (mine !== 200 || anothers === 200)
      answered.push(`${route}: ${mine}, and to another person ${anothers}`);
  }
  expect(answered).toEqual([]);
  expect(caller.faults).toEqual([]);
});

/** Another letter in the middle. */
function flipped(cursor: string): string {
  const middle = Math.floor(cursor.length / 2);
  return cursor.slice(0, middle) + (cursor[middle] === 'A' ? 'B' : 'A') + cursor.slice(middle + 1);
}

const HEADERS = [
  '',
  '-1',
  '"x"',
  '18446744073709551616',
  '1e3',
  '"9223372036854775807"',
  'a'.repeat(5000),
  '\u00ff',
];

test('odd headers of a command are refused with a problem, and nothing is stored', async () => {
  for (const name of [
    'if-match',
    'idempotency-key',
    'mandate',
    'authorization',
    'x-correlation-id',
    'traceparent',
  ])
    for (const value of HEADERS)
      await caller.post(
        '/projects/second/campaigns',
        '{"campaigns":["nothing"]}',
        'demo-campaign',
        undefined,
        {
          [name]: value,
        },
      );
  expect(caller.faults).toEqual([]);
});
