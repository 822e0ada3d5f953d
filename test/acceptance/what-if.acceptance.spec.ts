import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addWorkingDays } from '#libs/law/calendar';
import { type Body } from '../e2e/server.js';
import { publishChain } from '../support/chain-template.js';
import { County } from './county.js';

let county: County;
/** Working days since Tuesday 24 November 2026. */
let day = 0;
function on(later: number): void {
  day += later;
  county.clock.to(`${addWorkingDays(county.server.system.calendar, '2026-11-24', day)}T02:00:00.000Z`);
}

const MATTERS = [
  ['LX-06', 'demo'],
  ['LX-07', 'demo'],
  ['GC-02', 'demo'],
  ['SG-05', 'housing'],
  ['JG-10', 'housing'],
] as const;

/** One matter after the other: handed in a day after the last was granted, accepted the next day, granted after `days` more. */
async function finish(project: string, days: number): Promise<void> {
  await county.project(project, 'chain');
  for (const [code, staff] of MATTERS) {
    const path = `/applications/${project}-${code}`;
    on(1);
    await county.handIn(`${project}-${code}`, 'demo-applicant', ['申请表']);
    on(1);
    await county.done(`${path}/acceptance`, `${staff}-window`);
    on(days);
    await county.review(`${project}-${code}`, `${staff}-window`);
    await county.done(`${path}/approval`, `${staff}-head`);
  }
}

beforeAll(async () => {
  county = await County.open();
  await publishChain(county.server);
  await county.account('housing-window', 'window', 'housing-construction');
  await county.account('housing-head', 'department-head', 'housing-construction');
  await finish('w1', 3);
  await finish('w2', 8);
  await county.project('w3', 'chain');
  await county.server.caughtUp();
});
afterAll(() => county.close());

async function ask(body: object): Promise<Body> {
  const answer = await county.server.post('/reports/what-if', 'demo-leader', body);
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const days = (body: Body) =>
  body.items.map(({ project, actualDays, replayedDays, savedDays }: Body) => [
    project,
    actualDays,
    replayedDays,
    savedDays,
  ]);

describe('past cases replayed against a proposed process', () => {
  test('2.2d against the process they went through nothing is saved, and open projects are not among them', async () => {
    const body = await ask({ template: 'chain' });
    // Five matters: a day to hand in, a day to accept, then three or eight.
    expect(days(body)).toEqual([
      ['w2', 50, 50, 0],
      ['w1', 25, 25, 0],
    ]);
    expect({ ...body, items: [] }).toEqual({
      template: 'chain',
      version: 1,
      calendarVersion: county.server.system.calendar.version,
      process: MATTERS.map(([code], index) => ({
        code,
        prerequisites: index === 0 ? [] : [MATTERS[index - 1]?.[0]],
        termDays: null,
      })),
      licencesDropped: [],
      sample: { looked: 2, replayed: 2 },
      total: { actualDays: 75, replayedDays: 75, savedDays: 0 },
      items: [],
      nextCursor: null,
      asOf: { position: expect.any(String), recordedAt: expect.any(String), lagMs: 0 },
      basis: expect.any(Object),
    });
  });

  test('2.2d a shorter promise, matters side by side and one left out save days, project by project and in all', async () => {
    const shorter = await ask({
      template: 'chain',
      terms: [{ code: 'LX-07', days: 2, unit: 'working-day' }],
    });
    expect([days(shorter), shorter.total.savedDays]).toEqual([
      [
        ['w2', 50, 44, 6],
        ['w1', 25, 24, 1],
      ],
      7,
    ]);
    const parallel = await ask({ template: 'chain', parallel: [{ matters: ['LX-06', 'LX-07', 'GC-02'] }] });
    expect([days(parallel), parallel.total.savedDays]).toEqual([
      [
        ['w2', 50, 30, 20],
        ['w1', 25, 15, 10],
      ],
      30,
    ]);
    const without = await ask({ template: 'chain', drop: ['LX-07'] });
    expect([days(without), without.licencesDropped]).toEqual([
      [
        ['w2', 50, 40, 10],
        ['w1', 25, 20, 5],
      ],
      ['LX-07'],
    ]);
  });

  test('2.2d the replay writes no event, and the same question has the same answer', async () => {
    const question = { template: 'chain', drop: ['GC-02'], parallel: [{ matters: ['LX-06', 'LX-07'] }] };
    const before = await county.server.system.eventStore.lastPosition();
    const first = await ask(question);
    expect(await ask(question)).toEqual(first);
    expect(await county.server.system.eventStore.lastPosition()).toBe(before);
  });

  test('2.2d another version of the template is a proposal, too', async () => {
    const { name, nameEn, stages } = await county.read('/templates/chain', 'demo-leader');
    const [first, ...others] = stages;
    const revised = [
      { ...first, matters: first.matters.map(({ code }: Body) => ({ code, prerequisites: [] })) },
      ...others,
    ];
    const body = { name, nameEn, stages: revised, reason: '并联办理', article: '优化营商环境条例 Art. 35' };
    await county.done('/templates/chain/revision', 'demo-campaign', body);
    await county.done('/templates/chain/revision-confirmation', 'demo-leader');
    await county.server.caughtUp();
    expect(days(await ask({ template: 'chain', version: 1 }))).toEqual([
      ['w2', 50, 50, 0],
      ['w1', 25, 25, 0],
    ]);
    expect(days(await ask({ template: 'chain' }))).toEqual([
      ['w2', 50, 40, 10],
      ['w1', 25, 20, 5],
    ]);
  });

  test('2.2d the number of projects is bounded, and a cursor goes on', async () => {
    const first = await ask({ template: 'chain', version: 1, limit: 1 });
    const second = await ask({ template: 'chain', version: 1, limit: 1, cursor: first.nextCursor });
    expect([days(first), days(second), first.sample]).toEqual([
      [['w2', 50, 50, 0]],
      [['w1', 25, 25, 0]],
      { looked: 1, replayed: 1 },
    ]);
    const other = await ask({ template: 'enterprise-filing' });
    expect([other.sample, other.items]).toEqual([{ looked: 2, replayed: 0 }, []]);
  });

  test('2.2d a bad proposal is refused with the reason', async () => {
    const fields = async (body: object) => {
      const answer = await county.server.post('/reports/what-if', 'demo-leader', body);
      return [answer.status, answer.body.code, answer.body.errors.map(({ field }: Body) => field)];
    };
    const bad = (...wrong: string[]) => [400, 'http.invalid-input', wrong];
    expect(await fields({})).toEqual(bad('template'));
    expect(await fields({ template: 'chain', limit: 101, drop: ['x'], colour: 'red' })).toEqual(
      bad('colour', 'drop', 'limit'),
    );
    expect(await fields({ template: 'none' })).toEqual(bad('template'));
    expect(await fields({ template: 'chain', version: 9 })).toEqual(bad('version'));
    expect(await fields({ template: 'chain', drop: ['LX-01'] })).toEqual(bad('drop'));
    expect(await fields({ template: 'chain', parallel: [{ matters: ['LX-06', 'LX-01'] }] })).toEqual(
      bad('parallel'),
    );
    const longer = { code: 'LX-06', days: 300, unit: 'working-day' };
    expect(await fields({ template: 'chain', terms: [longer] })).toEqual(bad('terms'));
    expect((await county.server.post('/reports/what-if', 'demo-head', { template: 'chain' })).status).toBe(
      403,
    );
  });
});
