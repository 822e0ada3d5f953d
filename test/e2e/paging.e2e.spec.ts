import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { County } from '../acceptance/county.js';
import { type Body } from './server.js';

const IDS = ['a', 'b', 'c'];
const LATER = '2027-03-01T02:00:00.000Z';
let county: County;

/** Three of everything that a list asks the time for: within its time at first, and long past it afterwards. */
beforeAll(async () => {
  county = await County.open();
  for (const id of IDS) {
    await county.project(id);
    await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
    await county.done('/requests', 'demo-applicant', {
      id,
      department: 'natural-resources',
      urgency: 'urgent',
      text: '边界如何确定',
    });
    await county.done('/challenges', 'demo-applicant', {
      id,
      matter: 'LX-06',
      condition: { kind: 'other', name: '先交保证金' },
      reason: '法律没有要求',
    });
    await county.done('/pledges', 'demo-campaign', {
      id,
      department: 'service-centre',
      text: '五个工作日办结',
      dueOn: '2026-12-30',
      indicator: { name: '平均办理时间', unit: '个工作日', target: 5, direction: 'at-most' },
    });
  }
});
afterAll(() => county.close());

/** Ids of a list read in pages of one, while time goes on from page to page. */
async function turned(path: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Body = await county.read(`${path}limit=1${after}`, 'demo-supervisor');
    ids.push(...page['items'].map((item: Body) => item['id'] ?? item['project']));
    cursor = page['nextCursor'];
    county.clock.time += 1_001;
  } while (cursor !== null && ids.length < 10);
  return ids;
}

test('a list of what is in time can be turned while time goes on', async () => {
  const cases = IDS.map((id) => `${id}-LX-06`);
  expect(await turned('/worklist?lamp=green&')).toEqual(cases);
  expect(await turned('/worklist?')).toEqual(cases);
  expect(await turned('/requests?status=open&')).toEqual(IDS);
  expect(await turned('/challenges?status=open&')).toEqual(IDS);
  expect(await turned('/pledges?status=open&')).toEqual(IDS);
});

test('so can a list of what is overdue, also past midnight', async () => {
  county.clock.to(LATER);
  expect(await turned('/worklist?lamp=red&')).toEqual(IDS.map((id) => `${id}-LX-06`));
  expect(await turned('/requests?status=open&overdue=true&')).toEqual(IDS);
  expect(await turned('/challenges?status=open&overdue=true&')).toEqual(IDS);
  expect(await turned('/pledges?status=overdue&')).toEqual(IDS);
  county.clock.to('2027-03-01T15:59:59.000Z');
  expect(await turned('/reports/stalled?')).toEqual(IDS);
});
