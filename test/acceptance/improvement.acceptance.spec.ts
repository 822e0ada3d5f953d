import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

const LOG = '/improvements/same-day';
let county: County;
/** The version of LX-06 that is tried, in force from Monday 30 November. */
let version: number;

async function accepted(id: string): Promise<void> {
  await county.project(id);
  await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
  await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
}

const propose = (id: string, as = 'demo-window', matter = 'LX-06') =>
  county.server.post('/improvements', as, {
    id,
    matter,
    title: '受理当日派件',
    change: '受理当日派件，踏勘不再等审查',
    expected: '少用两个工作日',
  });

beforeAll(async () => {
  county = await County.open();
  await county.account('water-head', 'department-head', 'water');
  await accepted('mill');
  const { body } = await county.server.get('/matters/LX-06', 'demo-admin');
  await county.revise('LX-06', {
    promised: { days: 3, unit: 'working-day', start: 'acceptance' },
    effectiveFrom: '2026-11-30',
    reason: '压缩时限',
  });
  version = (body['matterVersion'] as number) + 1;
});
afterAll(() => county.close());

describe('the improvement log', () => {
  it('2.4f a proposal is tried from the first day of a version, by the head of the department', async () => {
    expect((await propose('same-day')).status).toBe(201);
    expect((await propose('same-day')).body['code']).toBe('improvement.exists');
    expect((await propose('nowhere', 'demo-window', 'XX-99')).body['code']).toBe(
      'improvement.unknown-matter',
    );
    expect((await propose('by-applicant', 'demo-applicant')).status).toBe(403);
    const trial = { from: '2026-11-30', matterVersion: version };
    expect(await county.refused(`${LOG}/trial`, 'water-head', trial)).toBe(
      '403 improvement.other-department',
    );
    expect(await county.refused(`${LOG}/trial`, 'demo-window', trial)).toBe('403 http.wrong-role');
    expect(await county.refused(`${LOG}/trial`, 'demo-head', { ...trial, from: '2026-12-01' })).toBe(
      '422 improvement.other-first-day',
    );
    expect(await county.refused(`${LOG}/trial`, 'demo-head', { ...trial, matterVersion: 99 })).toBe(
      '422 improvement.no-such-version',
    );
    await county.done(`${LOG}/trial`, 'demo-head', trial);
    expect((await county.read(`${LOG}/effect`, 'demo-window'))['effect']).toBeNull();
    expect(await county.refused(`${LOG}/adoption`, 'demo-head', { reason: '好' })).toBe(
      '409 improvement.nothing-measured',
    );
    const { items } = await county.read('/improvements?status=trial', 'demo-leader');
    expect(items.map(({ id, matter, trial: { from } }: Body) => [id, matter, from])).toEqual([
      ['same-day', 'LX-06', '2026-11-30'],
    ]);
  });

  it('2.4f its effect is measured over equal windows before and after the version change', async () => {
    county.clock.to('2026-11-27T02:00:00.000Z');
    await county.review('mill-LX-06');
    await county.done('/applications/mill-LX-06/approval', 'demo-head');
    county.clock.to('2026-11-30T02:00:00.000Z');
    await accepted('dam');
    county.clock.to('2026-12-01T02:00:00.000Z');
    await county.review('dam-LX-06');
    await county.done('/applications/dam-LX-06/approval', 'demo-head');
    county.clock.to('2026-12-04T02:00:00.000Z');
    const { asOf, basis: _, ...panel } = await county.read(`${LOG}/effect`, 'demo-supervisor');
    const figures = { cases: 1, steps: 3, handOffs: 0, onTimeOf: 1, onTimeRate: 1, supplementRate: 0 };
    const effect = {
      windowDays: 4,
      before: { from: '2026-11-26', to: '2026-11-29', ...figures, days: 3 },
      after: { from: '2026-11-30', to: '2026-12-03', ...figures, days: 1 },
    };
    expect(asOf.lagMs).toBe(0);
    expect(panel).toEqual({
      improvement: 'same-day',
      matter: 'LX-06',
      status: 'trial',
      trial: {
        from: '2026-11-30',
        matterVersion: version,
        orderedBy: expect.objectContaining({ person: 'demo-head' }),
      },
      effect: {
        ...effect,
        trends: {
          steps: 'same',
          days: 'better',
          handOffs: 'same',
          onTimeRate: 'same',
          supplementRate: 'same',
        },
      },
    });
    const { effect: two } = await county.read(`${LOG}/effect?days=2`, 'demo-head');
    expect([two.windowDays, two.before, two.after]).toEqual([
      2,
      expect.objectContaining({ from: '2026-11-28', to: '2026-11-29', cases: 0 }),
      expect.objectContaining({ from: '2026-11-30', to: '2026-12-01', cases: 1 }),
    ]);
    await county.done(`${LOG}/adoption`, 'demo-head', { reason: '时间缩短' });
    const adopted = await county.read(LOG, 'demo-reviewer');
    expect([adopted.status, adopted.end.reason, adopted.end.effect]).toEqual(['adopted', '时间缩短', effect]);
    expect(await county.refused(`${LOG}/drop`, 'demo-head', { reason: '不' })).toBe(
      '409 improvement.decided',
    );
  });

  it('2.4f what is not worth it is dropped; the log is for those who work on approvals', async () => {
    await propose('idle', 'demo-reviewer', 'LX-07');
    await county.done('/improvements/idle/drop', 'demo-leader', { reason: '不可行' });
    const { items } = await county.read('/improvements?matter=LX-07', 'demo-campaign');
    expect(items.map(({ id, status, end }: Body) => [id, status, end.effect])).toEqual([
      ['idle', 'dropped', null],
    ]);
    const all = await county.read('/improvements', 'demo-window');
    expect(all.items.map(({ id }: Body) => id)).toEqual(['idle', 'same-day']);
    for (const path of ['/improvements', LOG, `${LOG}/effect`]) {
      expect((await county.server.get(path, 'demo-applicant')).status).toBe(403);
    }
    expect((await county.server.get('/improvements/none/effect', 'demo-leader')).status).toBe(404);
    expect((await county.server.get(`${LOG}/effect?days=0`, 'demo-leader')).status).toBe(400);
  });
});
