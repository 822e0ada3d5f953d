import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Held, holdOf, probeVariables } from '../support/held.js';
import { ops, ServerProcess } from '../support/server-process.js';
import { demoAccountFor, largeBodies, operationsOf } from './hostile-bodies.js';

/** No caller waits a second for another caller's body. */
const LONGEST_MS = 1000;

const directory = mkdtempSync(join(tmpdir(), 'zhitong-hold-'));
const data = join(directory, 'data');
let server: ServerProcess;
let held: Held;
beforeAll(async () => {
  const probeFile = join(directory, 'probe');
  server = await ServerProcess.start(data, probeVariables(probeFile));
  held = { url: server.url, probeFile, reader: await tokenOf('demo-leader') };
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

const tokens = new Map<string, string>();
async function tokenOf(user: string): Promise<string> {
  const known = tokens.get(user) ?? (await ops(data, 'token', '--user', user));
  tokens.set(user, known);
  return known;
}

test('while a megabyte of each bad shape comes in on every route, liveness and another’s read are answered', async () => {
  const answer = await fetch(`${held.url}/api/docs-json`, {
    headers: { authorization: `Bearer ${held.reader}` },
  });
  const operations = operationsOf((await answer.json()) as Parameters<typeof operationsOf>[0]);
  const wrong: string[] = [];
  let bodies = 0;
  for (const operation of operations.filter(({ method }) => method === 'POST')) {
    const token = await tokenOf(demoAccountFor(operation));
    for (const { shape, text } of largeBodies(operation)) {
      bodies++;
      const path = operation.path.replace(/\{\w+\}/, 'anything');
      const { ms, statuses } = await holdOf(held, path, text, token);
      const [body, ...others] = statuses;
      if (![400, 413].includes(body) || others.some((status) => status !== 200) || ms > LONGEST_MS)
        wrong.push(`${operation.route} ${shape}: ${statuses.join(', ')}, held ${ms.toFixed(0)} ms`);
    }
  }
  expect(wrong).toEqual([]);
  expect(bodies).toBeGreaterThan(500);
});
