import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { County } from './county.js';
import { type Body } from '../e2e/server.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.project('mill');
  await county.done('/applications/mill-LX-06/submission', 'demo-applicant');
  await county.done('/applications/mill-LX-06/acceptance', 'demo-window');
});
afterAll(() => county.close());

const DAY_MS = 86_400_000;
const numberOf = (day: string) => Date.parse(day) / DAY_MS;
const dayAt = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10);

it('F15 D8 the clock of a case that is open for sixteen years is answered: counted whole, its last ten years listed', async () => {
  const path = '/applications/mill-LX-06/clock';
  const receipt = ((await county.read(path, 'demo-head'))['receivedAt'] as string).slice(0, 10);
  county.clock.to('2042-06-02T02:00:00.000Z');
  const answer = await county.read(path, 'demo-head');
  const { days, parts, total } = answer['statutory'];
  const listed = days.map((one: Body) => one['day']);
  const last = numberOf('2042-06-02');
  expect([listed.length, listed[0], listed.at(-1)]).toEqual([3_660, dayAt(last - 3_659), '2042-06-02']);
  expect(answer['listedFrom']).toBe(dayAt(last - 3_659));
  const counted = Object.values<number>(parts).reduce((sum, part) => sum + part, 0);
  expect(counted).toBe(last - numberOf(receipt) + 1);
  expect([total.used, total.left]).toEqual([days.at(-1)['used'], total.budget - days.at(-1)['used']]);

  // The years before are had by asking for them.
  const before = dayAt(last - 3_660);
  const older = await county.read(`${path}?asOf=${before}`, 'demo-head');
  expect([older['listedFrom'], older['statutory']['days'][0]['day']]).toEqual([undefined, receipt]);
  const lastUsed = older['statutory']['days'].at(-1)['used'];
  expect(days[0]['used'] - days[0]['counted']).toBe(lastUsed);

  const { status, body } = await county.server.get(`${path}?from=${receipt}`, 'demo-head');
  expect([status, body['errors']]).toEqual([
    400,
    [{ field: 'asOf', reason: 'must be within 3660 days of from', reasonZh: '距起始日期不得超过 3660 日' }],
  ]);
});
