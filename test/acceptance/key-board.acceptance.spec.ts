import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
});
afterAll(() => county.close());

const CASE = '/applications/k1-LX-06';
const board = async () => (await county.read('/reports/key-projects', 'demo-leader')).items[0].cases[0];
const overview = () => county.read('/reports/overview', 'demo-leader');

test('0.2 days used on the board are those of the clock: what a suspension excludes is not among them', async () => {
  const { version } = county.server.system.calendar;
  expect((await overview()).calendarVersion).toBeNull();
  await county.project('k1');
  await county.done('/projects/k1/key-designation', 'demo-campaign', {
    leader: 'demo-leader',
    reason: '年度重点',
  });
  await county.done(`${CASE}/submission`, 'demo-applicant');
  await county.done(`${CASE}/acceptance`, 'demo-window');
  await county.done(`${CASE}/assignment`, 'demo-head', { person: 'demo-reviewer' });
  county.clock.to('2026-11-26T02:00:00.000Z');
  expect((await board()).daysUsed).toBe(2);
  const notice = { cause: 'expert-review', notice: '中止1号', days: 10 };
  await county.done(`${CASE}/suspension`, 'demo-reviewer', notice);
  county.clock.to('2026-12-03T02:00:00.000Z');
  expect((await board()).daysUsed).toBe(2);
  await county.done(`${CASE}/resumption`, 'demo-reviewer', { result: '通过' });
  county.clock.to('2026-12-04T02:00:00.000Z');
  const after = await board();
  const clock = await county.read(`${CASE}/clock`, 'demo-leader');
  expect([after.daysUsed, clock.statutory.total.used]).toEqual([3, 3]);
  const { lamps, calendarVersion } = await overview();
  expect([lamps, calendarVersion, clock.calendarVersion]).toEqual([
    { green: 1, yellow: 0, red: 0 },
    version,
    version,
  ]);
});
