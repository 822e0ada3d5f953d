import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
/** Handed in one after the other, a minute apart: `work-1` is accepted, `work-2` assigned, `work-3` decided, `work-4` waits. */
beforeAll(async () => {
  county = await County.open();
  await county.account('li', 'applicant');
  await county.account('clerk', 'department-head', 'water');
  for (const [index, id] of ['work-1', 'work-2', 'work-3', 'work-4'].entries()) {
    await county.project(id, 'small', id === 'work-4' ? 'li' : 'demo-applicant');
    county.clock.to(`2026-11-24T02:0${index + 1}:00.000Z`);
    if (id === 'work-4') await county.done(`/applications/${id}-LX-06/submission`, 'li');
    else await county.handIn(`${id}-LX-06`);
  }
  for (const id of ['work-1', 'work-2', 'work-3'])
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
  await county.done('/applications/work-2-LX-06/assignment', 'demo-head', { person: 'demo-reviewer' });
  await county.review('work-3-LX-06');
  await county.done('/applications/work-3-LX-06/approval', 'demo-head');
  county.clock.to('2026-11-26T02:00:00.000Z');
  await county.server.caughtUp();
});
afterAll(() => county.close());

const ids = ({ items }: Body): readonly string[] => items.map(({ id }: Body) => id);
const list = (query: string, as = 'demo-head') => county.read(`/worklist?${query}`, as);
const refusal = async (query: string, as = 'demo-head') => {
  const { status, body } = await county.server.get(`/worklist?${query}`, as);
  return [status, body['code'], body['errors']?.[0]?.field];
};

test('22.7 the whole list is counted, by lamp and by what no person has, whatever the page', async () => {
  const { items, counts, asOf } = await list('count=true&limit=1');
  expect([items.length, counts]).toEqual([1, { red: 0, yellow: 0, green: 3, unassigned: 1, total: 3 }]);
  expect(Object.keys(asOf)).toEqual(['position', 'recordedAt', 'lagMs']);
  expect((await list('count=true&unassigned=true')).counts.total).toBe(1);
  expect((await list('limit=1')).counts).toBeUndefined();
  expect(ids(await list('unassigned=true'))).toEqual(['work-1-LX-06']);
});

test('22.7 a row says what is left, who acts next, and what its codes are called', async () => {
  const [row] = (await list('q=work-2')).items;
  const { daysLeft, stageZh, stageEn, departmentName, applicantName, holder, next, lamp } = row;
  expect({
    stageZh,
    stageEn,
    departmentName,
    applicantName,
    lamp,
    act: next.act,
    kind: daysLeft.kind,
  }).toEqual({
    stageZh: '审查中',
    stageEn: 'Under review',
    departmentName: '自然资源局',
    applicantName: '本溪县演示建设有限公司',
    lamp: 'green',
    act: 'decide',
    kind: 'promised',
  });
  expect([holder.displayName, daysLeft.unit]).toEqual(['演示审查员', 'working-day']);
  expect('acted' in row || 'actedBy' in row).toBe(false);
});

test('22.7 a list is by due date, by how long it is held, or by project, page by page', async () => {
  expect(ids(await list('sort=project'))).toEqual(['work-1-LX-06', 'work-2-LX-06', 'work-4-LX-06']);
  const whole = (await list('sort=-heldSince')).items;
  const times = whole.map(({ heldSince }: Body) => heldSince);
  expect(times).toEqual([...times].sort().reverse());
  for (const sort of ['due', '-heldSince', 'project']) {
    const all = ids(await list(`sort=${sort}`));
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Body = await list(`sort=${sort}&limit=1${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(page.items.length).toBe(1);
      paged.push(...ids(page));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect([sort, paged]).toEqual([sort, all]);
  }
});

test('22.7 what a person has acted on since a day is found wherever it is, open or ended', async () => {
  expect(ids(await list('actedBy=demo-reviewer', 'demo-reviewer'))).toEqual(['work-3-LX-06']);
  expect([...ids(await list('actedBy=demo-head&since=2026-11-24'))].sort()).toEqual([
    'work-2-LX-06',
    'work-3-LX-06',
  ]);
  expect(ids(await list('actedBy=demo-head&open=true'))).toEqual(['work-2-LX-06']);
  expect(ids(await list('actedBy=demo-head&since=2026-11-25'))).toEqual([]);
  expect(ids(await list('actedBy=demo-window', 'demo-supervisor')).length).toBe(3);
  expect(ids(await list('actedBy=demo-head', 'clerk'))).toEqual([]);
});

test('22.7 stages, lamps and days hold together with words and applicants', async () => {
  expect(ids(await list('stage=submitted,accepted&lamp=green,red&sort=project'))).toEqual([
    'work-1-LX-06',
    'work-2-LX-06',
    'work-4-LX-06',
  ]);
  expect(ids(await list('applicant=li'))).toEqual(['work-4-LX-06']);
  expect(ids(await list('applicant=li', 'li'))).toEqual(['work-4-LX-06']);
  expect(ids(await list('project=work-3&open=false'))).toEqual(['work-3-LX-06']);
  const { due } = (await list('q=work-1')).items[0];
  // 24:00 in Beijing is 16:00 in UTC of the same day.
  const last = due.promised.slice(0, 10);
  const dayAfter = new Date(Date.parse(due.promised) + 8 * 3_600_000).toISOString().slice(0, 10);
  expect(ids(await list(`q=work-1&dueBefore=${dayAfter}`))).toEqual(['work-1-LX-06']);
  expect(ids(await list(`q=work-1&dueBefore=${last}`))).toEqual([]);
  expect(ids(await list(`q=work-1&dueAfter=${last}`))).toEqual([]);
});

test('22.7 what is nobody’s business, or makes no sense, is refused by the name of its parameter', async () => {
  expect(await refusal('applicant=demo-applicant', 'li')).toEqual([403, 'http.not-yours', undefined]);
  expect(await refusal('actedBy=demo-head', 'demo-reviewer')).toEqual([403, 'http.not-yours', undefined]);
  for (const [query, field] of [
    ['lamp=green,,red', 'lamp'],
    ['lamp=blue', 'lamp'],
    ['stage=accepted,nowhere', 'stage'],
    ['since=2026-11-24', 'since'],
    ['dueBefore=2026-11-24&dueAfter=2026-11-24', 'dueBefore'],
    ['dueBefore=2026-11-31', 'dueBefore'],
    ['sort=heldSince', 'sort'],
    ['count=yes', 'count'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=%20', 'q'],
  ] as const)
    expect([query, ...(await refusal(query))]).toEqual([query, 400, 'http.invalid-input', field]);
  expect(ids(await list(`q=${encodeURIComponent('.*')}`))).toEqual([]);
});
