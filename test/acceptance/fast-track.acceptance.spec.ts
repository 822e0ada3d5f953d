import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  // Accepted one day after the other, so that each falls due after the one before.
  for (const [index, id] of ['first', 'second', 'third', 'fourth'].entries()) {
    county.clock.to(`2026-11-${24 + index}T02:00:00.000Z`);
    await county.project(id);
    await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
  }
});
afterAll(() => county.close());

const FAST = { ground: 'key-project', reason: '省重点项目', promisePercent: 60 };

async function queue(limit: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const page = await county.read(`/worklist?limit=${limit}${cursor}`, 'demo-head');
    ids.push(...page['items'].map(({ id }: Body) => id));
    cursor = page['nextCursor'] === null ? '' : `&cursor=${encodeURIComponent(page['nextCursor'])}`;
  } while (cursor !== '');
  return ids;
}

it('2.1d applications are listed in the order of their promised dates', async () => {
  expect(await queue(50)).toEqual(['first-LX-06', 'second-LX-06', 'third-LX-06', 'fourth-LX-06']);
});

it('7 2.3d a case of a key project on the fast track is first in the queue and promised sooner', async () => {
  const path = '/applications/fourth-LX-06/fast-track';
  const plain = await county.read('/applications/fourth-LX-06', 'demo-head');
  expect(await county.refused(path, 'demo-campaign', FAST)).toBe('409 application.not-a-key-project');
  await county.done('/projects/fourth/key-designation', 'demo-campaign', {
    leader: 'demo-leader',
    reason: '省重点项目',
  });
  await county.done(path, 'demo-campaign', FAST);
  const fast = await county.read('/applications/fourth-LX-06', 'demo-head');
  expect([fast['fastTrack'], fast['terms']['promised'], fast['due']['promised']]).toEqual([
    true,
    { days: 3, unit: 'working-day', start: 'acceptance' },
    '2026-12-02T16:00:00.000Z',
  ]);
  expect([plain['due']['promised'], fast['due']['statutory'], fast['dueAt']]).toEqual([
    '2026-12-04T16:00:00.000Z',
    plain['due']['statutory'],
    '2026-12-02T16:00:00.000Z',
  ]);
  for (const limit of [50, 3, 1]) {
    expect(await queue(limit)).toEqual(['fourth-LX-06', 'first-LX-06', 'second-LX-06', 'third-LX-06']);
  }
  const audit = await county.read('/audit?type=FastTrackGranted', 'demo-supervisor');
  expect(audit['items'].map(({ actor, data }: Body) => [actor.person, data.ground, data.reason])).toEqual([
    ['demo-campaign', 'key-project', '省重点项目'],
  ]);
  expect(await county.refused(path, 'demo-leader', FAST)).toBe('409 application.fast-track-already');
});

it('2.3d its statutory checks are unchanged', async () => {
  await county.handIn('first-LX-07');
  await county.done('/applications/first-LX-07/fast-track', 'demo-campaign', {
    ...FAST,
    ground: 'emergency',
  });
  const refusals = [await county.refused('/applications/first-LX-07/approval', 'demo-head')];
  await county.done('/applications/first-LX-07/acceptance', 'demo-window');
  refusals.push(await county.refused('/applications/first-LX-07/approval', 'demo-head'));
  refusals.push(await county.refused('/applications/first-LX-07/closure', 'demo-head', { outcome: '办结' }));
  expect(refusals).toEqual([
    '409 application.wrong-stage',
    '409 application.prerequisites-not-granted',
    '409 application.decision-owed',
  ]);
});

it('2.3d only those who may grant it do, on a ground that is known', async () => {
  const path = '/applications/second-LX-06/fast-track';
  const wrong = await county.server.post(path, 'demo-leader', { ground: 'friend', promisePercent: 5 });
  expect([wrong.status, wrong.body['errors'].map(({ field }: Body) => field)]).toEqual([
    400,
    ['ground', 'reason', 'promisePercent'],
  ]);
  expect(await county.refused(path, 'demo-window', FAST)).toBe('403 http.wrong-role');
});
