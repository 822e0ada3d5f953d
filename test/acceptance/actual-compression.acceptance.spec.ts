import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
});
afterAll(() => county.close());

const SPAN = 'from=2026-11-16&to=2026-12-31&limit=200';
const of = async (matter: string, query = '') => {
  const { items } = await county.read(`/reports/compression?${SPAN}${query}`, 'demo-leader');
  return items.find((item: Body) => item.matter === matter);
};

/** Handed in and accepted now, granted at an instant. */
async function granted(project: string, at: string): Promise<void> {
  const path = `/applications/${project}-LX-06`;
  await county.project(project);
  await county.handIn(`${project}-LX-06`);
  await county.done(`${path}/acceptance`, 'demo-window');
  await county.review(`${project}-LX-06`);
  county.clock.to(at);
  await county.done(`${path}/approval`, 'demo-head');
}

test('7 the compression report shows actual against promised days, and the materials that were saved, true of its day', async () => {
  await county.list('LX-06', [
    { name: '申请表', key: true },
    { name: '效果图', key: false },
    { name: '说明', key: false },
  ]);
  // Tuesday 24 to Thursday 26 November 2026: two working days.
  await granted('mill', '2026-11-26T02:00:00.000Z');
  county.clock.to('2026-11-26T02:00:00.000Z');
  await granted('kiln', '2026-12-01T02:00:00.000Z');
  const quay = '/applications/quay-LX-06';
  await county.project('quay');
  await county.done(`${quay}/submission`, 'demo-applicant', { materials: ['申请表', '说明'] });
  await county.done(`${quay}/deficient-acceptance`, 'demo-window', { missing: ['效果图'], days: 5 });
  const { promised, actual, onTimeOf, onTimeRate, saved } = await of('LX-06');
  expect({ promised, actual, onTimeOf, onTimeRate, saved }).toEqual({
    promised: { days: 5, unit: 'working-day', start: 'acceptance' },
    // Thursday 26 November to Tuesday 1 December are three working days; with the two before, 2.5 and 2 + 0.9.
    actual: { cases: 2, medianDays: 2.5, p90Days: 2.9 },
    onTimeOf: 2,
    onTimeRate: 1,
    saved: { sharing: 0, deficiency: 1, commitment: 0 },
  });
  // As it was on the evening of 26 November: one had ended, and nothing was missing yet.
  const then = await of('LX-06', '&asOf=2026-11-26');
  expect([then.actual, then.saved]).toEqual([
    { cases: 1, medianDays: 2, p90Days: 2 },
    { sharing: 0, deficiency: 0, commitment: 0 },
  ]);
});
