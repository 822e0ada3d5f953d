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
  // One application decided in its promised five working days, one returned, resubmitted and decided after them.
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
        { figure: 'returns', figureZh: '退回次数', claimed: 0, fact: 1, matches: false },
        { figure: 'supplements', figureZh: '要求补正次数', claimed: 0, fact: 0, matches: true },
      ],
      mismatches: 2,
    },
  ]);
  expect(BigInt(asOf.position)).toBeGreaterThan(0n);
});

test('2.4e the facts are those of the days reported on, to the day', async () => {
  const before = { from: '2026-12-16', to: '2026-12-16', figures: { done: 0, late: 0, returns: 0 } };
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

test('T5 a day is reported on once by a department: spans that overlap are refused and name the first, also when they come at once', async () => {
  const refused = async (over: object, first: string) => {
    const { status, body } = await county.server.post(
      '/self-inspections',
      'demo-head',
      report('nr-again', over),
    );
    const { from, to } = report('nr-again', over);
    expect([status, body['code'], body['params']]).toEqual([
      409,
      'self-inspection.span-reported',
      { department: 'natural-resources', from, to, first },
    ]);
    expect(body['messages']).toEqual({
      zh: `自然资源局的自查报告 ${first} 已包含${inChinese(from)}至${inChinese(to)}之间的日期，同一部门的自查期间不得重叠`,
      en: `Self-inspection ${first} of natural-resources already covers days from ${from} to ${to}; the periods of one department must not overlap`,
    });
  };
  await refused({}, 'nr-2026-12-a');
  // Its last day, its first day, days within it, and days around it.
  await refused({ from: '2026-12-15', to: '2026-12-16' }, 'nr-2026-12-a');
  await refused({ from: '2026-11-20', to: '2026-12-01' }, 'nr-2026-12-a');
  await refused({ from: '2026-12-03', to: '2026-12-03' }, 'nr-2026-12-a');
  await refused({ from: '2026-11-30', to: '2026-12-16' }, 'nr-2026-12-a');
  const spans = {
    'nr-one': { from: '2026-11-10', to: '2026-11-12' },
    'nr-two': { from: '2026-11-11', to: '2026-11-13' },
  };
  const answers = await Promise.all(
    Object.entries(spans).map(([id, span]) =>
      county.server.post('/self-inspections', 'demo-head', report(id, { ...span, figures: { done: 0 } })),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  const [first, second] =
    answers[0]?.status === 201 ? (['nr-one', 'nr-two'] as const) : (['nr-two', 'nr-one'] as const);
  const lost = answers.find(({ status }) => status === 409);
  expect([lost?.body['code'], lost?.body['params']]).toEqual([
    'self-inspection.span-reported',
    { department: 'natural-resources', ...spans[second], first },
  ]);
  // A refused name stays free, the days next to a span are free, and so are those of another department.
  const beside = { from: '2026-11-14', to: '2026-11-14', figures: { done: 0 } };
  for (const [as, id] of [
    ['demo-head', second],
    ['water-head', 'water-2026-11'],
  ] as const)
    expect((await county.server.post('/self-inspections', as, report(id, beside))).status).toBe(201);
});

/** 2026-12-03 as officials write it: 2026年12月3日. */
function inChinese(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
