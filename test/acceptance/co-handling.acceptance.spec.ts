import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('water-head', 'department-head', 'water');
  await county.account('ee-head', 'department-head', 'ecology-environment');
  for (const id of ['mill', 'dam']) {
    await county.project(id);
    await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
    await county.done(`/applications/${id}-LX-06/consultation`, 'demo-head', {
      departments: ['water', 'ecology-environment'],
      question: '是否占用河道',
      days: 2,
    });
  }
  // Two hours later water answers one; two days after the deadline it answers the other, and 生态环境局 never does.
  const opinion = { agrees: true, opinion: '无意见' };
  county.clock.to('2026-11-24T05:00:00.000Z');
  await county.done('/applications/mill-LX-06/consultation-opinion', 'water-head', opinion);
  county.clock.to('2026-11-30T01:00:00.000Z');
  for (const id of ['mill', 'dam'])
    await county.done(`/applications/${id}-LX-06/consultation-closure`, 'demo-head');
  await county.done('/applications/dam-LX-06/consultation-opinion', 'water-head', opinion);
  await county.review('mill-LX-06');
  await county.done('/applications/mill-LX-06/approval', 'demo-head');
});
afterAll(() => county.close());

describe('how departments answer each other', () => {
  it('2.4c the time of answers to other departments is counted, and is part of the score', async () => {
    const { items, span, rule, nextCursor, asOf } = await county.read('/reports/co-handling', 'demo-leader');
    expect([span, nextCursor, asOf.lagMs]).toEqual([{ from: '2026-11-16', to: '2026-11-30' }, null, 0]);
    expect(rule.version).toBe('co-handling/1');
    const asked = { asked: 2, lapsed: 0, awaited: 0 };
    const nothing = { onTime: 0, late: 0, onTimeOf: 0, onTimeRate: null };
    expect(items).toEqual([
      {
        ...{ department: 'ecology-environment', ...asked, inTime: 0, late: 0, silent: 2, inTimeRate: 0 },
        ...{ medianWorkingMinutes: null, own: nothing, score: 0, rank: 3 },
      },
      {
        department: 'natural-resources',
        ...{ asked: 0, inTime: 0, late: 0, silent: 0, lapsed: 0, awaited: 0, inTimeRate: null },
        ...{
          medianWorkingMinutes: null,
          own: { onTime: 1, late: 0, onTimeOf: 1, onTimeRate: 1 },
          score: 100,
          rank: 1,
        },
      },
      {
        ...{ department: 'water', ...asked, inTime: 1, late: 1, silent: 0, inTimeRate: 0.5 },
        // 10:00 to 13:00 is two hours of the office, since 12:00 to 13:00 is none; the other took 1,860 minutes.
        medianWorkingMinutes: 990,
        ...{ own: nothing, score: 75, rank: 2 },
      },
    ]);
  });

  it('2.4c opinions count on the day they were asked; pages; only those who read reports', async () => {
    const later = await county.read('/reports/co-handling?from=2026-11-25&to=2026-11-30', 'demo-supervisor');
    expect(later.items.map(({ department, asked }: Body) => [department, asked])).toEqual([
      ['natural-resources', 0],
    ]);
    const first = await county.read('/reports/co-handling?limit=2', 'demo-campaign');
    expect([first.items.length, typeof first.nextCursor]).toEqual([2, 'string']);
    const second = await county.read(
      `/reports/co-handling?limit=2&cursor=${first.nextCursor}`,
      'demo-campaign',
    );
    expect(second.items.map(({ department, rank }: Body) => [department, rank])).toEqual([['water', 2]]);
    for (const account of ['demo-applicant', 'demo-window', 'water-head']) {
      expect((await county.server.get('/reports/co-handling', account)).status).toBe(403);
    }
    expect((await county.server.get('/reports/co-handling?to=2026-11-30', 'demo-leader')).status).toBe(400);
  });
});
