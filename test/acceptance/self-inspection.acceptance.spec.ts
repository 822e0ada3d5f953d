import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

/** Nine in the morning in China on a day of December 2026; the 1st is a Tuesday, and no holiday is near. */
const nine = (day: number) => `2026-12-${String(day).padStart(2, '0')}T01:00:00.000Z`;

let county: County;
beforeAll(async () => {
  county = await County.open();
  county.clock.to(nine(1));
  await county.account('water-head', 'department-head', 'water');
  // One case decided in its promised five working days, one returned, resubmitted and decided after them.
  for (const id of ['mill', 'dam']) {
    await county.project(id);
    await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
    await county.done(`/applications/${id}-LX-06/assignment`, 'demo-head', { person: 'demo-reviewer' });
  }
  county.clock.to(nine(3));
  await county.review('mill-LX-06');
  await county.done('/applications/mill-LX-06/approval', 'demo-head');
  await county.done('/applications/dam-LX-06/return', 'demo-reviewer', { reason: '图纸不一致' });
  await county.done('/applications/dam-LX-06/submission', 'demo-applicant', { materials: ['总平面图'] });
  county.clock.to(nine(14));
  await county.review('dam-LX-06');
  await county.done('/applications/dam-LX-06/approval', 'demo-head');
  county.clock.to(nine(17));
});
afterAll(() => county.close());

const report = (id: string, over: object = {}) => ({
  id,
  from: '2026-12-01',
  to: '2026-12-15',
  figures: { done: 2, late: 0, returns: 0, supplements: 0 },
  findings: '办件全部按时办结',
  ...over,
});

test('2.4e a self-inspection that contradicts the events shows a mismatch, with both numbers', async () => {
  await county.done('/self-inspections', 'demo-head', report('nr-2026-12-a'));
  const { items, asOf } = await county.read('/reports/self-inspections', 'demo-supervisor');
  expect(items).toEqual([
    {
      id: 'nr-2026-12-a',
      department: 'natural-resources',
      from: '2026-12-01',
      to: '2026-12-15',
      figures: { done: 2, late: 0, returns: 0, supplements: 0 },
      findings: '办件全部按时办结',
      measures: null,
      reportedBy: 'demo-head',
      reportedAt: nine(17),
      revision: '0',
      comparison: [
        { figure: 'done', figureZh: '办结件数', claimed: 2, fact: 2, matches: true },
        { figure: 'late', figureZh: '超期办结件数', claimed: 0, fact: 1, matches: false },
        { figure: 'returns', figureZh: '退件次数', claimed: 0, fact: 1, matches: false },
        { figure: 'supplements', figureZh: '要求补正次数', claimed: 0, fact: 0, matches: true },
      ],
      mismatches: 2,
    },
  ]);
  expect(BigInt(asOf.position)).toBeGreaterThan(0n);
});

test('2.4e the facts are those of the days reported on, to the day', async () => {
  const before = { from: '2026-12-05', to: '2026-12-11', figures: { done: 0, late: 0, returns: 0 } };
  await county.done('/self-inspections', 'demo-head', report('nr-quiet-days', before));
  await county.done('/self-inspections', 'water-head', report('water-2026-12-a', { figures: { done: 1 } }));
  const { items } = await county.read('/reports/self-inspections', 'demo-leader');
  expect(
    items.map(({ id, comparison, mismatches }: Body) => [
      id,
      comparison.map(({ figure, claimed, fact }: Body) => [figure, claimed, fact]),
      mismatches,
    ]),
  ).toEqual([
    ['water-2026-12-a', [['done', 1, 0]], 1],
    [
      'nr-quiet-days',
      [
        ['done', 0, 0],
        ['late', 0, 0],
        ['returns', 0, 0],
      ],
      0,
    ],
    ['nr-2026-12-a', expect.anything(), 2],
  ]);
});

test('2.4e a department sees its own reports and reports for itself only; what cannot be compared is refused', async () => {
  const ids = async (as: string, query = '') =>
    (await county.read(`/reports/self-inspections${query}`, as)).items.map(({ id }: Body) => id);
  expect(await ids('water-head')).toEqual(['water-2026-12-a']);
  expect(await ids('demo-window')).toEqual(['nr-quiet-days', 'nr-2026-12-a']);
  expect(await ids('demo-campaign', '?department=water')).toEqual(['water-2026-12-a']);
  const other = await county.server.get(
    '/reports/self-inspections?department=natural-resources',
    'water-head',
  );
  expect([other.status, other.body.code]).toEqual([403, 'http.not-yours']);

  const before = await county.server.events();
  const refused = (over: object, as = 'demo-head') =>
    county.refused('/self-inspections', as, report('next', over));
  expect([
    await refused({ to: '2026-12-17' }),
    await refused({ figures: {} }),
    await refused({ figures: { done: -1 } }),
    await refused({ figures: { happiness: 100 } }),
    await refused({}, 'demo-window'),
    await refused({ id: 'nr-2026-12-a' }),
  ]).toEqual([
    '422 self-inspection.not-over',
    '422 self-inspection.no-figures',
    '400 http.invalid-input',
    '400 http.invalid-input',
    '403 http.wrong-role',
    '409 self-inspection.exists',
  ]);
  expect(await county.server.events()).toBe(before);
});

test('T5 a second report of one span is refused and names the first, also when two come at once', async () => {
  const again = await county.server.post('/self-inspections', 'demo-head', report('nr-again'));
  expect([again.status, again.body['code'], again.body['params']]).toEqual([
    409,
    'self-inspection.span-reported',
    { department: 'natural-resources', from: '2026-12-01', to: '2026-12-15', first: 'nr-2026-12-a' },
  ]);
  const span = { from: '2026-11-10', to: '2026-11-11', figures: { done: 0 } };
  const answers = await Promise.all(
    ['nr-one', 'nr-two'].map((id) => county.server.post('/self-inspections', 'demo-head', report(id, span))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  const [first, second] = answers[0]?.status === 201 ? ['nr-one', 'nr-two'] : ['nr-two', 'nr-one'];
  const refused = answers.find(({ status }) => status === 409);
  expect([refused?.body['code'], refused?.body['params']]).toEqual([
    'self-inspection.span-reported',
    { department: 'natural-resources', from: '2026-11-10', to: '2026-11-11', first },
  ]);
  // A refused name stays free, and another span is another report.
  const free = await county.server.post(
    '/self-inspections',
    'demo-head',
    report(second ?? '', { ...span, to: '2026-11-10' }),
  );
  expect(free.status).toBe(201);
});
