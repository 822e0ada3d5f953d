import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  // Ends in the second half of November, with a notice of what is missing, on its second working day.
  await county.project('mill');
  await county.done('/applications/mill-LX-06/submission', 'demo-applicant');
  await county.done('/applications/mill-LX-06/supplement-request', 'demo-window', {
    items: [{ material: '申请书', reason: '缺章' }],
  });
  await county.done('/applications/mill-LX-06/supplement', 'demo-applicant', { materials: ['申请书'] });
  await county.done('/applications/mill-LX-06/acceptance', 'demo-window');
  county.clock.to('2026-11-26T02:00:00.000Z');
  await county.review('mill-LX-06');
  await county.done('/applications/mill-LX-06/approval', 'demo-head');
  // Ends in the first half of December, on the next day; a second one is withdrawn.
  county.clock.to('2026-12-01T02:00:00.000Z');
  for (const id of ['dam', 'barn']) {
    await county.project(id);
    await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
  }
  await county.done('/applications/barn-LX-06/withdrawal', 'demo-applicant');
  county.clock.to('2026-12-02T02:00:00.000Z');
  await county.review('dam-LX-06');
  await county.done('/applications/dam-LX-06/approval', 'demo-head');
});
afterAll(() => county.close());

const none = { value: null, rank: null, before: null, trend: null };

describe('the scorecard of every matter', () => {
  it('2.3g steps, days, hand-offs and on-time rate of every matter in force, with rank and trend', async () => {
    const { items, span, before, nextCursor, asOf } = await county.read(
      '/reports/matters?limit=1000',
      'demo-leader',
    );
    expect([span, before, nextCursor, asOf.lagMs]).toEqual([
      { from: '2026-12-01', to: '2026-12-15' },
      { from: '2026-11-16', to: '2026-11-30' },
      null,
      0,
    ]);
    const { items: matters } = await county.read('/matters?limit=1000', 'demo-leader');
    expect(items.map(({ matter }: Body) => matter)).toEqual(matters.map(({ code }: Body) => code));
    const { figures, ...rest } = items.find(({ matter }: Body) => matter === 'LX-06');
    expect(rest).toEqual({
      matter: 'LX-06',
      matterName: matters.find(({ code }: Body) => code === 'LX-06').name,
      department: 'natural-resources',
      promised: matters.find(({ code }: Body) => code === 'LX-06').promised,
      statutory: matters.find(({ code }: Body) => code === 'LX-06').statutory,
      verified: false,
      listedSteps: 4,
      cases: 1,
      withdrawn: 1,
      notAccepted: 0,
      onTimeOf: 1,
    });
    expect(figures).toEqual({
      steps: { value: 3, rank: 1, before: 4, trend: 'better' },
      days: { value: 1, rank: 1, before: 2, trend: 'better' },
      handOffs: { value: 0, rank: 1, before: 2, trend: 'better' },
      onTimeRate: { value: 1, rank: 1, before: 1, trend: 'same' },
    });
    const other = items.find(({ matter }: Body) => matter === 'GC-02');
    expect([other.cases, other.listedSteps, other.figures]).toEqual([
      0,
      4,
      { steps: none, days: none, handOffs: none, onTimeRate: none },
    ]);
  });

  it('2.3g any span, any region, page by page; the figures of a month are those of its days', async () => {
    const month = await county.read(
      '/reports/matters?from=2026-12-01&to=2026-12-31&region=210521&limit=2',
      'demo-supervisor',
    );
    expect([month.before, month.items.length]).toEqual([{ from: '2026-11-01', to: '2026-11-30' }, 2]);
    const codes: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Body = await county.read(
        `/reports/matters?from=2026-11-24&to=2026-12-02&limit=20${cursor && `&cursor=${cursor}`}`,
        'demo-campaign',
      );
      codes.push(...page.items.map(({ matter }: Body) => matter));
      const both = page.items.find(({ matter }: Body) => matter === 'LX-06');
      if (both)
        expect([both.cases, both.figures.steps.value, both.figures.days.value]).toEqual([2, 3.5, 1.5]);
      cursor = page.nextCursor;
    }
    const { items: matters } = await county.read('/matters?limit=1000', 'demo-leader');
    expect(codes).toEqual(matters.map(({ code }: Body) => code));
  });

  it('2.3g only those who read reports may read it, and a span that cannot be compared is refused', async () => {
    for (const account of ['demo-applicant', 'demo-window', 'demo-reviewer', 'demo-head']) {
      expect((await county.server.get('/reports/matters', account)).status).toBe(403);
    }
    const fields = async (query: string) => {
      const { status, body } = await county.server.get(`/reports/matters?${query}`, 'demo-leader');
      return [status, ...(body['errors'] ?? []).map(({ field }: Body) => field)];
    };
    expect(await fields('from=2026-12-02')).toEqual([400, 'to']);
    expect(await fields('from=2026-12-02&to=2026-12-01')).toEqual([400, 'to']);
    expect(await fields('from=2025-01-01&to=2026-12-01')).toEqual([400, 'to']);
    expect(await fields('from=2026-02-30&to=2026-12-01')).toEqual([400, 'from']);
    expect(await fields('region=5')).toEqual([400, 'region']);
  });
});
