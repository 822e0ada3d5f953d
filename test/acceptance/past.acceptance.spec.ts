import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type StoredEvent } from '#libs/engine/event-sourcing';
import fc from 'fast-check';
import { type Body } from '../e2e/server.js';
import { importRows } from '../support/import-rows.js';
import { serverOfLog } from '../support/log-prefix.js';
import { reportAddresses, reportRoutes } from '../support/reports.js';
import { County } from './county.js';

/** So many positions of the log are looked at; `PAST_POSITIONS` says otherwise. */
const POSITIONS = Number(process.env['PAST_POSITIONS'] ?? 5);

const ADDRESSES = reportAddresses({
  project: 'mill',
  application: 'mill-LX-06',
  dispute: 'mill-1',
  session: '2026-12-15',
  pledge: 'p1',
  improvement: 'i1',
});

let county: County;
let events: readonly StoredEvent[] = [];
let seeded = 0;

beforeAll(async () => {
  county = await County.open();
  const { clock, server } = county;
  seeded = await server.events();
  await county.account('water-head', 'department-head', 'water');
  for (const id of ['mill', 'dam']) {
    await county.project(id);
    await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window', { note: '材料共三分' });
    await county.done(`/applications/${id}-LX-06/assignment`, 'demo-head', { person: 'demo-reviewer' });
  }
  clock.to('2026-11-25T02:00:00.000Z');
  const correction = { revision: 1, field: 'note', value: '材料共三份', reason: '错别字' };
  await county.done('/applications/mill-LX-06/corrections', 'demo-window', correction);
  await county.review('mill-LX-06');
  await county.done('/projects/dam/key-designation', 'demo-campaign', {
    ...{ leader: 'demo-leader', reason: '省重点' },
  });
  const pledge = { indicator: { name: '项目', unit: '个', target: 3 }, text: '按期', dueOn: '2026-11-30' };
  await county.done('/pledges', 'demo-head', { id: 'p1', ...pledge });
  const improvement = { id: 'i1', matter: 'LX-06', title: '少跑一趟', change: '合并两次踏勘' };
  await county.done('/improvements', 'demo-reviewer', improvement);
  clock.to('2026-11-26T02:00:00.000Z');
  const question = { departments: ['water'], question: '是否影响河道', days: 2 };
  await county.done('/applications/dam-LX-06/consultation', 'demo-reviewer', question);
  await server.caughtUp();
  const dispute = { departments: ['water'], reason: '在河道管理范围内' };
  await county.done('/disputes', 'demo-head', { id: 'mill-1', application: 'mill-LX-06', ...dispute });
  await importRows(
    server,
    [
      'case,id,act,time,dept,who,start,end,plan,resp',
      'C1,1,a,2024-03-05 09:00:00,D1,P1,2024-03-05 08:00:00,2024-03-07 10:00:00,2024-03-07 10:00:00,Z',
      'C1,2,late step,2024-03-08 09:00:00,D2,P2,,,,',
      'C2,1,b,2024-03-06 09:00:00,D2,P2,,2024-03-08 10:00:00,2024-03-07 10:00:00,',
      '',
    ].join('\n'),
  );
  clock.to('2026-12-01T02:00:00.000Z');
  const entry = {
    step: '现场踏勘',
    happenedAt: '2026-11-25T01:30:00.000Z',
    reason: '停机',
    scan: 'b'.repeat(64),
  };
  await county.done('/applications/dam-LX-06/back-entries', 'demo-reviewer', entry);
  await county.done('/requests', 'demo-applicant', {
    ...{ id: 'r1', department: 'natural-resources', urgency: 'urgent', text: '如何办理' },
  });
  await county.done('/projects', 'demo-applicant', { id: 'hall', name: '会堂', template: 'small' });
  await county.done('/applications/hall-LX-06/submission', 'demo-applicant');
  clock.to('2026-12-03T02:00:00.000Z');
  await county.done('/applications/hall-LX-06/acceptance', 'demo-window');
  await county.review('hall-LX-06');
  await county.done('/applications/hall-LX-06/approval', 'demo-head', { opinion: '同意' });
  await county.done('/self-inspections', 'demo-head', {
    ...{ id: 's1', from: '2026-11-16', to: '2026-11-30', figures: { done: 2, late: 0 }, findings: '正常' },
  });
  await server.caughtUp();
  const found: StoredEvent[] = [];
  for await (const event of server.system.eventStore.readAll(null)) found.push(event);
  events = found;
});
afterAll(() => county.close());

const at = (address: string, asOf: string) => `${address}${address.includes('?') ? '&' : '?'}asOf=${asOf}`;

describe('a report as it was', () => {
  test('F1 the table of this test has every report of the OpenAPI document', async () => {
    const routes = await reportRoutes(county.server);
    const asked = routes.filter(({ method }) => method === 'get').map(({ path }) => path);
    // The clock of an application explains any instant, one that lies ahead too.
    expect(asked.sort()).toEqual([...Object.keys(ADDRESSES), '/applications/{id}/clock'].sort());
    expect(routes.filter(({ method }) => method !== 'get').map(({ path }) => path)).toEqual([
      '/reports/what-if',
    ]);
  });

  test('F1 at any position of the log it is the answer of a fresh server that was given the log up to there', async () => {
    const place = fc.integer({ min: seeded + 1, max: events.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, async (index) => {
        const last = events[index];
        if (last === undefined) throw new Error(`the log has no event ${index}`);
        const { position, metadata } = last;
        const fresh = await serverOfLog(events.slice(0, index + 1), metadata.recordedAt);
        try {
          for (const [path, address] of Object.entries(ADDRESSES)) {
            const then = await fresh.get(address, 'demo-supervisor');
            const past = await county.server.get(at(address, `${position}`), 'demo-supervisor');
            // A refusal repeats the address, which differs.
            if (then.status !== 200)
              expect([path, past.status, past.body.code]).toEqual([path, then.status, then.body.code]);
            else expect([path, past.status, past.body]).toEqual([path, 200, then.body]);
          }
        } finally {
          await fresh.remove();
        }
      }),
      { numRuns: POSITIONS, endOnFailure: true },
    );
  });

  test('F1 on a day it is as it was when the day ended, whatever came later, and asked again it is the same', async () => {
    const asked = () =>
      county.read(at('/reports/accountability?project=mill', '2026-11-25'), 'demo-supervisor');
    const first = await asked();
    expect([first.to, first.totalMinutes]).toEqual(['2026-11-25T15:59:59.999Z', 37 * 60 + 59]);
    await county.done('/applications/dam-LX-06/steps', 'demo-reviewer', { step: '复核' });
    expect(await asked()).toEqual(first);
    const overview = await county.read(at('/reports/overview', '2026-11-24'), 'demo-supervisor');
    expect([overview.projects, overview.keyProjects]).toEqual([4, 0]);
    // The log that was imported is history, on record since it happened.
    const old = await county.read(at('/reports/overview', '2024-03-06'), 'demo-supervisor');
    expect([old.projects, old.completed, old.applications.running]).toEqual([2, 0, 2]);
    const older = await county.read(at('/reports/overview', '2024-03-07'), 'demo-supervisor');
    expect([older.projects, older.completed, older.onTimeRate]).toEqual([2, 1, 1]);
  });

  test('F1 a value that is not a point of the past is refused, and the parameter is named', async () => {
    const refused = await Promise.all(
      ['2026-12-04', '2026-02-30', 'yesterday', '99999999', '', '-1', '2026-12-03T02:00:00.001Z'].map(
        async (asOf) => {
          const { status, body } = await county.server.get(at('/reports/overview', asOf), 'demo-supervisor');
          return [asOf, status, body.errors?.map(({ field }: Body) => field)];
        },
      ),
    );
    expect(refused.filter(([, status, fields]) => status !== 400 || String(fields) !== 'asOf')).toEqual([]);
    const elsewhere = await county.server.get('/projects?asOf=2026-11-25', 'demo-supervisor');
    expect(elsewhere.status).toBe(400);
  });
});

/** Single things, lists of them and timelines: what they show is not computed. */
const NO_REPORT = [
  '/disputes/{id}',
  '/sessions/{id}',
  '/pledges/{id}',
  '/requests',
  '/challenges',
  '/matters',
  '/projects/{id}/timeline',
  '/applications/{id}/timeline',
];
/** Numbers that name something and count nothing. */
const NAMES = /(^|\.)(version|\w+Version|asOf|basis)(\.|$)/;

/** Places of the numbers of an answer, without the numbers of the items. */
function figuresOf(value: unknown, path: readonly string[] = []): readonly string[] {
  if (typeof value === 'number') return [path.join('.')];
  if (Array.isArray(value)) return value.flatMap((one) => figuresOf(one, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => figuresOf(one, [...path, name]));
}

describe('what figures rest on', () => {
  const reports = Object.entries(ADDRESSES).filter(([path]) => !NO_REPORT.includes(path));

  test.each(reports)('F20 every figure of %s says what it rests on', async (_, address) => {
    const { asOf, basis, ...answer } = await county.read(address, 'demo-supervisor');
    expect(asOf).toEqual({
      position: expect.stringMatching(/^\d+$/),
      recordedAt: expect.stringMatching(/^\d{4}-/),
      lagMs: 0,
    });
    const figures = [...new Set(figuresOf(answer))].filter((path) => !NAMES.test(path));
    expect(figures.filter((path) => !(path in basis))).toEqual([]);
    const sources = Object.entries<Body>(basis);
    for (const [, source] of sources)
      expect(source).toEqual({
        projection: expect.any(String),
        position: asOf.position,
        formula: expect.stringMatching(/^[a-z-]+\/\d+#/),
        query: expect.stringMatching(/^\/api\/v1\//),
      });
    for (const query of new Set<string>(sources.map(([, { query }]) => query)))
      expect([
        query,
        (await county.server.get(query.slice('/api/v1'.length), 'demo-supervisor')).status,
      ]).toEqual([query, 200]);
  });

  test('F20 so does a what-if, which is asked by POST', async () => {
    await county.server.caughtUp();
    const { status, body } = await county.server.post('/reports/what-if', 'demo-supervisor', {
      template: 'small',
    });
    const { asOf, basis, ...answer } = body;
    const figures = [...new Set(figuresOf(answer))].filter((path) => !NAMES.test(path));
    expect([status, asOf.lagMs, figures.filter((path) => !(path in basis))]).toEqual([200, 0, []]);
  });
});
