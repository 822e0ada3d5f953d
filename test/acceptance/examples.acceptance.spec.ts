import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body, TestServer } from '../e2e/server.js';
import { HandClock } from '../support/hand-clock.js';

interface Example {
  readonly as: string;
  readonly path: string;
  readonly answer: Body;
}

const FILE = new URL('../../tools/answers/examples.json', import.meta.url);
const examples = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, Example>>;

/** What differs from one import of the sample to the next: cursors are sealed with a secret, and policies act when they come to it. */
const OF_ONE_SERVER: Readonly<Record<string, Body>> = {
  nextCursor: 'eyJ2IjoxfQ',
  commandId: '0b0c2f5e-0000-4000-8000-000000000001',
  correlationId: '0b0c2f5e-0000-4000-8000-000000000002',
  event: '0b0c2f5e-0000-4000-8000-000000000003',
  position: '1434',
};
/** Items of a list that an example shows. */
const SHOWN = 2;

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ clock: new HandClock(), env: { SEED: 'sample' } });
});
afterAll(() => server.remove());

// WRITE_EXAMPLES=1 writes them anew, after answers have changed.
test('22 the examples of the OpenAPI document are what the sample log answers', async () => {
  const found: Record<string, Example> = {};
  const refused: string[] = [];
  for (const [operation, { as, path }] of Object.entries(examples)) {
    const { status, body } = await server.get(path, as);
    if (status !== 200) refused.push(`${operation} ${status} ${JSON.stringify(body)}`);
    found[operation] = { as, path, answer: shown(body) };
  }
  expect(refused).toEqual([]);
  if (process.env['WRITE_EXAMPLES'] === '1') {
    writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
    return;
  }
  expect(found).toEqual(examples);
});

/** An answer as an example shows it: lists are short, and what each server has of its own is replaced. */
function shown(value: Body): Body {
  if (Array.isArray(value)) return value.slice(0, SHOWN).map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, Body>).map(([name, each]) => [
      name,
      typeof each === 'string' && name in OF_ONE_SERVER ? OF_ONE_SERVER[name] : shown(each),
    ]),
  );
}
