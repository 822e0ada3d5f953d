import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Body } from '../e2e/server.js';
import { type Allowed, LivedCase, problemOf } from './allowed-lives.js';
import { County } from './county.js';

const DRY = { prefer: 'handling=dry-run' };
const AGENT = { mandate: 'for-demo' };
const PEOPLE: readonly (readonly [person: string, headers: Record<string, string>])[] = [
  ['demo-applicant', {}],
  ['an-agent', AGENT],
  ['demo-window', {}],
  ['demo-reviewer', {}],
  ['demo-head', {}],
  ['forester', {}],
  ['demo-supervisor', {}],
  ['demo-leader', {}],
  ['demo-admin', {}],
];
const DAY_MS = 86_400_000;

let county: County;
let projects = 0;
beforeAll(async () => {
  county = await County.open();
  await county.account('an-agent', 'agent');
  await county.account('forester', 'reviewer', 'forestry');
  await county.done('/mandates', 'demo-applicant', {
    id: 'for-demo',
    agent: 'an-agent',
    lastDay: '2027-12-31',
  });
});
afterAll(() => county.close());

async function handedIn(): Promise<LivedCase> {
  projects += 1;
  await county.project(`life-${projects}`);
  const id = `life-${projects}-LX-06`;
  await county.handIn(id);
  const { body } = await county.server.get('/matters/LX-06', 'demo-admin');
  return new LivedCase(county, id, body['materials']);
}

/** What the answer says of the acts, and what posting each of them does, for everybody who sees the application. */
async function differences(lived: LivedCase): Promise<{ readonly found: unknown[]; readonly open: Open[] }> {
  const found: unknown[] = [];
  const open: Open[] = [];
  const life = await lived.life();
  for (const [person, headers] of PEOPLE) {
    const acts = await lived.allowed(person);
    for (const act of acts ?? []) {
      const { status, body } = await lived.does(act, person, life, { ...headers, ...DRY });
      const { code, article, zh, en } = act;
      const done = { allowed: status === 200, ...(status === 200 ? NOTHING : problemOf(body)) };
      const said = { allowed: act.allowed, code, article, zh, en };
      if (JSON.stringify(said) !== JSON.stringify(done) && !isOfTheBody(act, body, status))
        found.push({ stage: life.events.at(-1)?.type, person, act: act.act, said, done });
      if (act.allowed && status === 200) open.push({ act, person, headers });
    }
  }
  return { found, open };
}

type Open = { readonly act: Allowed; readonly person: string; readonly headers: Record<string, string> };
const NOTHING = { code: null, article: null, zh: null, en: null };

/** A refusal of what this test wrote, and not of the act: the same code says of another body something else. */
const isOfTheBody = ({ code }: Allowed, problem: Body, status: number): boolean =>
  status === 422 && problem.code === code;

describe('what a person may do in an application', () => {
  test('22.3 on random lives it says of every act, for everybody, what posting it does', async () => {
    const picks = fc.array(fc.record({ pick: fc.nat(), days: fc.constantFrom(0, 0, 0, 1, 4) }), {
      minLength: 7,
      maxLength: 7,
    });
    await fc.assert(
      fc.asyncProperty(picks, async (steps) => {
        const lived = await handedIn();
        for (const { pick, days } of steps) {
          const { found, open } = await differences(lived);
          expect(found).toEqual([]);
          const next = open[pick % open.length];
          if (next === undefined) return;
          const answer = await lived.does(next.act, next.person, await lived.life(), next.headers);
          expect([next.act.act, answer.status]).toEqual([next.act.act, 202]);
          county.clock.time += days * DAY_MS;
        }
      }),
      { numRuns: 3, seed: 1001, endOnFailure: true },
    );
  });
});
