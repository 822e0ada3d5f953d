import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hashOf } from '#libs/county/bulletin';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  // Two applications in the second half of November: one ends there, one is still open in the next year.
  for (const id of ['mill', 'dam']) {
    await county.project(id);
    await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
  }
  county.clock.to('2026-11-26T02:00:00.000Z');
  await county.review('mill-LX-06');
  await county.done('/applications/mill-LX-06/approval', 'demo-head', { opinion: '同意' });
});
afterAll(() => county.close());

const ALL = ['responsibility', 'complexity', 'efficiency'].map((diagnostic) => ({ diagnostic }));
const publish = (id: string, sections: readonly object[], as = 'demo-supervisor') =>
  county.refused(`/bulletins/${id}/publication`, as, { title: '第一期', sections });

it('2.0 a bulletin that lacks one of the three diagnostics is not published', async () => {
  county.clock.to('2027-01-04T02:00:00.000Z');
  await county.server.caughtUp();
  const events = await county.server.events();
  for (const [index, { diagnostic }] of ALL.entries()) {
    const { status, body } = await county.server.post(
      '/bulletins/2026-11-16/publication',
      'demo-supervisor',
      {
        title: '第一期',
        sections: ALL.filter((_, other) => other !== index),
      },
    );
    expect([status, body['code'], body['params']]).toEqual([
      422,
      'bulletin.diagnostics-missing',
      { field: 'sections', missing: diagnostic },
    ]);
  }
  expect([
    await publish('2026-11-16', []),
    await publish('2026-11-16', [...ALL, { diagnostic: 'efficiency' }]),
    await publish('2026-11-16', [...ALL.slice(1), { diagnostic: 'diligence' }]),
    await publish('2026-11-17', ALL),
    await publish('november', ALL),
    await publish('2027-01-01', ALL),
    await publish('2026-11-16', ALL, 'demo-head'),
    await publish('2026-11-16', ALL, 'demo-applicant'),
  ]).toEqual([
    '422 bulletin.diagnostics-missing',
    '422 bulletin.diagnostic-twice',
    '400 http.invalid-input',
    '422 bulletin.not-a-period',
    '422 bulletin.not-a-period',
    '409 bulletin.period-not-over',
    '403 http.wrong-role',
    '403 http.wrong-role',
  ]);
  expect((await county.server.get('/bulletins/2026-11-16', 'demo-supervisor')).status).toBe(404);
  expect(await county.server.events()).toBe(events);
});

it('2.0 F1 the figures of a half month are those of the reports behind them', async () => {
  const found = await county.read('/bulletins/2026-11-16/diagnostics', 'demo-supervisor');
  const { items } = await county.read(
    '/reports/workload?from=2026-11-16&to=2026-11-30&asOf=2026-11-30',
    'demo-supervisor',
  );
  const matters = await county.read('/matters?limit=200', 'demo-supervisor');
  const sum = (list: readonly { [list: string]: readonly unknown[] }[], field: string) =>
    list.reduce((total, one) => total + (one[field]?.length ?? 0), 0);
  expect(found).toEqual({
    ...{
      from: '2026-11-16',
      to: '2026-11-30',
      position: expect.stringMatching(/^\d+$/),
      basis: found['basis'],
    },
    figures: {
      responsibility: {
        // The dam is accepted on Tuesday the 24th and due on Tuesday, 1 December: not in the half month.
        overdue: 0,
        late: 0,
        unanswered: { requests: 0, challenges: 0, disputes: 0 },
        departments: [],
      },
      complexity: {
        matters: matters['items'].length,
        listedSteps: sum(matters['items'], 'steps'),
        materials: sum(matters['items'], 'materials'),
        actsPerCase: 3,
        supplementRate: 0,
      },
      efficiency: { cases: 1, medianDays: 2, medianDaysBefore: null, onTimeOf: 1, onTimeRate: 1 },
    },
  });
  expect(
    items.map(({ department, overdue, late }: { [field: string]: unknown }) => [department, overdue, late]),
  ).toEqual([['natural-resources', 0, 0]]);
  const now = await county.read('/reports/workload?from=2026-11-16&to=2026-11-30', 'demo-supervisor');
  expect(now.items[0].overdue).toBe(1);
  const sources = Object.values(found['basis'] as { [name: string]: object[] }).flat();
  // Each figure says by which formula it was computed and up to which event.
  expect(sources).toEqual(
    sources.map(() =>
      expect.objectContaining({
        formula: expect.stringMatching(/^[a-z-]+\/\d+$/),
        position: found['position'],
      }),
    ),
  );
  for (const { query } of Object.values(found['basis'] as { [name: string]: { query: string }[] }).flat()) {
    expect((await county.server.get(query.slice('/api/v1'.length), 'demo-supervisor')).status).toBe(200);
  }
});

it('3.3c a published bulletin is frozen: the same bytes and the same hash, whatever happens after', async () => {
  const sections = [
    { diagnostic: 'efficiency' },
    { diagnostic: 'responsibility', comment: '一件超期未办。' },
    { diagnostic: 'complexity' },
  ];
  const { figures, basis, position } = await county.read(
    '/bulletins/2026-11-16/diagnostics',
    'demo-campaign',
  );
  await county.done('/bulletins/2026-11-16/publication', 'demo-campaign', { title: '第一期', sections });
  const first = await county.server.get('/bulletins/2026-11-16', 'demo-head');
  const content = {
    ...{ bulletin: '2026-11-16', from: '2026-11-16', to: '2026-11-30', title: '第一期', position },
    sections: sections.map(({ diagnostic, comment = null }) => ({
      ...{ diagnostic, comment, figures: figures[diagnostic], basis: basis[diagnostic] },
    })),
  };
  const hash = hashOf(content as Parameters<typeof hashOf>[0]);
  const published = { publishedAt: '2027-01-04T02:00:00.000Z', publishedBy: 'demo-campaign' };
  expect([first.status, first.body]).toEqual([200, { ...content, hash, ...published }]);

  await county.review('dam-LX-06');
  await county.done('/applications/dam-LX-06/approval', 'demo-head', { opinion: '同意' });
  await county.server.caughtUp();
  // Asked again later, it is what it was.
  expect(await county.read('/bulletins/2026-11-16/diagnostics', 'demo-campaign')).toEqual({
    ...{ from: '2026-11-16', to: '2026-11-30', position, figures, basis },
  });
  const again = await county.server.get('/bulletins/2026-11-16', 'demo-head');
  expect([JSON.stringify(again.body), again.headers.get('etag')]).toEqual([
    JSON.stringify(first.body),
    `"${hash}"`,
  ]);
  expect(await publish('2026-11-16', ALL)).toBe('409 bulletin.published-already');
  expect(await county.read('/bulletins', 'demo-leader')).toMatchObject({
    items: [{ id: '2026-11-16', from: '2026-11-16', to: '2026-11-30', title: '第一期', hash, ...published }],
    nextCursor: null,
  });
});
