import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('works-window', 'window', 'housing-construction');
  await county.project('mill');
  await county.done('/applications/mill-LX-06/submission', 'demo-applicant');
});
afterAll(() => county.close());

test('D19 the timeline of a project shows only those applications whose own timeline is shown', async () => {
  // The project has a matter of the department; LX-06 is not one.
  const seen = async (as: string) => {
    const { items, next } = await county.read('/projects/mill/timeline', as);
    const own = await county.server.get('/applications/mill-LX-06/timeline', as);
    return [
      own.status,
      items.map(({ type }: Body) => type),
      next.map(({ application }: Body) => application),
    ];
  };
  const stages = [
    ['LX-06', 'LX-02', 'LX-07', 'LX-08'],
    ['GC-01', 'GC-02'],
    ['SG-01', 'SG-05'],
    ['JG-01', 'JG-03', 'JG-10'],
  ];
  const all = stages.flat().map((matter) => `mill-${matter}`);
  const both = ['ProjectRegistered', 'ApplicationSubmitted'];
  for (const as of ['demo-applicant', 'demo-window', 'demo-leader']) {
    expect([as, await seen(as)]).toEqual([as, [200, both, all]]);
  }
  expect(await seen('works-window')).toEqual([403, ['ProjectRegistered'], all.slice(1)]);
});

test('T5 a pledge with a target below zero is refused with the field', async () => {
  const indicator = { name: '平均天数', unit: '天', target: -5 };
  const pledge = { id: 'p', text: '提速', indicator, dueOn: '2026-12-31' };
  const { status, body } = await county.server.post('/pledges', 'demo-head', pledge);
  expect([status, body.errors.map(({ field }: Body) => field)]).toEqual([400, ['indicator.target']]);
});
