import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { importRows } from '../support/import-rows.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
});
afterAll(() => county.close());

const HEAD = 'case,id,act,time,dept,who,start,end,plan,resp';
const read = (path: string): Promise<Body> => county.read(path, 'demo-supervisor');
const held = ({ holders }: Body) =>
  Object.fromEntries(holders.map(({ person, minutes }: Body) => [person, minutes]));

describe('time after the end of a case', () => {
  beforeAll(async () => {
    const C1 = '2024-03-05 08:00:00,2024-03-07 10:00:00,2024-03-07 10:00:00,Z';
    const report = await importRows(
      county.server,
      [
        HEAD,
        `C1,1,a,2024-03-05 09:00:00,D1,P1,${C1}`,
        `C1,2,b,2024-03-06 09:00:30,D2,P2,${C1}`,
        `C1,3,late step,2024-03-08 09:00:00,D1,P1,${C1}`,
        'C5,1,end before start,2024-03-08 09:00:00,D2,P2,2024-03-05 08:00:00,2024-03-01 00:00:00,2024-03-06 00:00:00,',
        '',
      ].join('\n'),
    );
    expect([report.cases, report.bad]).toEqual([2, []]);
  });

  test('F2 has no holder: 3,000 minutes in all, 60 of them of the first, none of a case that ends as it begins', async () => {
    const c1 = await read('/reports/accountability?project=e-C1');
    // From 09:00 to 09:00:30 on the next day are 1,440 whole minutes, the rest of the 3,000 was with the person who closed it.
    expect([c1.totalMinutes, held(c1)]).toEqual([3000, { P1: 60, P2: 1440, Z: 1500 }]);
    const c5 = await read('/reports/accountability?project=e-C5');
    expect([c5.totalMinutes, c5.items]).toEqual([0, []]);
  });

  test('F2 a step after the end is shown as such, and no time before it', async () => {
    const { items } = await read('/applications/e-C1-RC-01/timeline');
    const steps = items.filter(({ type }: Body) => type === 'StepRecorded');
    expect(
      steps.map(({ step, afterEnd, heldBefore }: Body) => [step, afterEnd, heldBefore?.minutes]),
    ).toEqual([
      ['a', false, 60],
      ['b', false, 1440],
      ['late step', true, undefined],
    ]);
  });

  test('F2 F11 handling times leave it out, and their mean is exact to the second', async () => {
    const { items } = await read('/reports/workload?by=person');
    const of = (name: string) => items.find(({ person }: Body) => person === name);
    expect(of('P1')).toMatchObject({ events: 2, handled: 1, meanMinutes: 60, medianMinutes: 60 });
    // 1,440.5 minutes, and none of C5.
    expect(of('P2')).toMatchObject({ events: 2, handled: 1, meanMinutes: 1440.5, medianMinutes: 1440.5 });
  });
});

describe('the rate of cases that kept their term', () => {
  beforeAll(async () => {
    await importRows(
      county.server,
      [
        HEAD,
        'R1,1,a,2024-03-05 09:00:00,DR,PR,,2024-03-05 09:00:00,,',
        'R2,1,a,2024-03-05 09:00:00,DR,PR,,2024-03-07 10:00:00,2024-03-06 00:00:00,',
        '',
      ].join('\n'),
    );
  });

  test('F4 a case without a term keeps none and breaks none, on every report, and each says of how many it is', async () => {
    const span = 'from=2024-03-01&to=2024-03-31';
    const { items } = await read('/reports/workload?department=DR');
    expect(items[0]).toMatchObject({ done: 2, onTime: 0, late: 1, onTimeOf: 1, onTimeRate: 0 });
    const month = await read(`/reports/workload?department=DR&${span}`);
    expect(month.items[0]).toMatchObject({ done: 2, onTimeOf: 1, onTimeRate: 0 });
    const days = await read(`/reports/workload?by=day&department=DR&${span}`);
    expect(days.items.map(({ day, onTimeOf, onTimeRate }: Body) => [day, onTimeOf, onTimeRate])).toEqual([
      ['2024-03-05', 0, null],
      ['2024-03-07', 1, 0],
    ]);
    const together = await read(`/reports/co-handling?${span}&limit=200`);
    const own = together.items.find(({ department }: Body) => department === 'DR');
    expect(own.own).toEqual({ onTime: 0, late: 1, onTimeOf: 1, onTimeRate: 0 });
    // With C1, which ended to the millisecond in time; C5 ended in time too.
    const overview = await read('/reports/overview');
    expect([overview.completed, overview.completedLate, overview.onTimeOf, overview.onTimeRate]).toEqual([
      4,
      1,
      3,
      2 / 3,
    ]);
    const scores = await read(`/reports/matters?${span}&limit=200`);
    const receipts = scores.items.find(({ matter }: Body) => matter === 'RC-01');
    expect([receipts.cases, receipts.onTimeOf, receipts.figures.onTimeRate.value]).toEqual([4, 3, 2 / 3]);
  });
});
