import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

const ROSTER = '/rosters/natural-resources';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('deputy-window', 'window', 'natural-resources');
  await county.account('water-head', 'department-head', 'water');
  for (const id of ['mill', 'dam', 'dock']) {
    await county.project(id);
    await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    if (id === 'dock') continue;
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
    await county.review(`${id}-LX-06`);
  }
});
afterAll(() => county.close());

const approve = (id: string, as: string) => county.server.post(`/applications/${id}-LX-06/approval`, as, {});
const approvalOf = async (id: string): Promise<Body> => {
  const { items } = await county.read(`/audit?stream=application-${id}-LX-06`, 'demo-supervisor');
  return items.find(({ type }: Body) => type === 'ApplicationApproved');
};

it('2.4a a decision by a person at the window without a delegation is refused, and nothing is stored', async () => {
  const events = await county.server.events();
  const { status, body } = await approve('mill', 'demo-window');
  expect([status, body['code'], body['params'], body['messages']]).toEqual([
    403,
    'delegation.missing',
    {
      person: 'demo-window',
      act: 'approval',
      actZh: '准予许可',
      actEn: 'Approve',
      matter: 'LX-06',
      day: '2026-11-24',
    },
    {
      zh: 'demo-window 在2026年11月24日没有对事项“建设项目用地预审与选址意见书核发（LX-06）”作出“准予许可”的授权',
      en: 'demo-window holds no delegation on 2026-11-24 that covers the act "Approve" on matter LX-06',
    },
  ]);
  const refusal = {
    article: '行政许可法 Art. 38',
    reason: '不符合规划',
    remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
  };
  expect(await county.refused('/applications/mill-LX-06/refusal', 'demo-window', refusal)).toBe(
    '403 delegation.missing',
  );
  expect(await county.server.events()).toBe(events);
});

it('2.4a with a delegation of the head the window decides, and the event says by which', async () => {
  await county.done(`${ROSTER}/posts`, 'demo-head', { person: 'demo-window', window: '工程建设窗口' });
  const listed = {
    ...{ delegation: 'sq-1', person: 'demo-window', until: '2026-11-30' },
    ...{ acts: ['approval'], matters: ['LX-06'] },
  };
  expect(await county.refused(`${ROSTER}/delegation`, 'water-head', listed)).toBe(
    '403 roster.not-your-department',
  );
  expect(await county.refused(`${ROSTER}/delegation`, 'demo-admin', listed)).toBe('403 http.wrong-role');
  await county.done(`${ROSTER}/delegation`, 'demo-head', listed);
  expect((await approve('mill', 'demo-window')).status).toBe(202);
  expect(await approvalOf('mill')).toMatchObject({
    actor: { person: 'demo-window', role: 'window', department: 'natural-resources' },
    delegation: 'sq-1',
  });
  // The head decides by office.
  expect((await approve('dam', 'demo-head')).status).toBe(202);
  expect(await approvalOf('dam')).not.toHaveProperty('delegation');
});

it('2.4a it is good for its acts, to its day, and until it is taken back', async () => {
  const refusal = {
    article: '行政许可法 Art. 38',
    reason: '不符合规划',
    remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
  };
  const refuse = () => county.refused('/applications/dock-LX-06/refusal', 'demo-window', refusal);
  expect(await refuse()).toBe('403 delegation.missing');
  const full = { delegation: 'sq-2', person: 'demo-window', full: true, until: '2026-11-25' };
  await county.done(`${ROSTER}/delegation`, 'demo-head', full);
  // The law comes next: what is not accepted is not refused.
  expect(await refuse()).toBe('409 application.wrong-stage');
  await county.done(`${ROSTER}/delegation-revocation`, 'demo-head', { delegation: 'sq-2', reason: '轮岗' });
  expect(await refuse()).toBe('403 delegation.missing');
  expect((await approve('dock', 'demo-window')).body['code']).toBe('application.wrong-stage');
  county.clock.to('2026-12-01T02:00:00.000Z');
  expect((await approve('dock', 'demo-window')).body['code']).toBe('delegation.missing');
});

it('2.4a accepting is the window’s own office, until the department reserves it', async () => {
  await county.done(`${ROSTER}/reserved-acts`, 'demo-head', { acts: ['acceptance'] });
  expect(await county.refused('/applications/dock-LX-06/acceptance', 'deputy-window')).toBe(
    '403 delegation.missing',
  );
  await county.done(`${ROSTER}/reserved-acts`, 'demo-head', { acts: [] });
  await county.done('/applications/dock-LX-06/acceptance', 'deputy-window');
});

it('2.4a the roster shows people, delegations and cases in hand; gaps show day by day', async () => {
  await county.done(`${ROSTER}/posts`, 'demo-head', {
    ...{ person: 'deputy-window', window: '工程建设窗口', from: '2026-12-03' },
  });
  const delegation = {
    ...{ delegation: 'sq-3', person: 'demo-window', full: true },
    ...{ from: '2026-12-02', until: '2026-12-03' },
  };
  await county.done(`${ROSTER}/delegation`, 'demo-head', delegation);
  const gap = {
    ...{ department: 'natural-resources', window: '工程建设窗口', cause: 'nobody-authorised' },
    provisional: false,
  };
  expect(await county.read('/roster/gaps?from=2026-12-01&to=2026-12-08', 'demo-supervisor')).toEqual({
    from: '2026-12-01',
    to: '2026-12-08',
    items: [
      { ...gap, from: '2026-12-01', to: '2026-12-01', workingDays: 1, people: ['demo-window'] },
      {
        ...{ ...gap, from: '2026-12-04', to: '2026-12-08', workingDays: 3 },
        people: ['demo-window', 'deputy-window'],
      },
    ],
  });
  await county.done('/applications/dock-LX-06/transfer', 'demo-head', {
    ...{ department: 'natural-resources', person: 'demo-window', post: '窗口', reason: '归口办理' },
  });
  const { full, person, from, until } = delegation;
  expect(await county.read(`${ROSTER}?on=2026-12-03`, 'demo-head')).toEqual({
    department: 'natural-resources',
    on: '2026-12-03',
    windows: [
      {
        window: '工程建设窗口',
        people: [
          {
            person,
            delegations: [{ delegation: 'sq-3', person, scope: { full }, from, until, revokedFrom: null }],
            load: { open: 1, dueSoon: 0, overdue: 0 },
          },
          { person: 'deputy-window', delegations: [], load: { open: 0, dueSoon: 0, overdue: 0 } },
        ],
      },
    ],
    reserved: [],
  });
});

it('2.4a what cannot be read is refused with its field', async () => {
  const get = async (path: string) => {
    const { status, body } = await county.server.get(path, 'demo-supervisor');
    return [status, body['errors']?.map(({ field }: Body) => field) ?? body['code']];
  };
  expect([
    await get('/roster/gaps?from=2026-02-30'),
    await get('/roster/gaps?from=2026-12-02&to=2026-12-01'),
    await get('/roster/gaps?from=2026-01-01&to=2027-01-02'),
    await get('/roster/gaps?from=2199-12-31&to=2199-12-30'),
    await get('/roster/gaps?from=2200-01-01'),
    await get('/rosters/water'),
    await get(`${ROSTER}?on=tomorrow`),
  ]).toEqual([
    [400, ['from']],
    [400, ['to']],
    [400, ['to']],
    [400, ['to']],
    [400, ['from']],
    [404, 'http.not-found'],
    [400, ['on']],
  ]);
  expect(
    await county.refused(`${ROSTER}/delegation`, 'demo-head', {
      ...{ delegation: 'sq-9', person: 'demo-window', acts: ['everything'], until: '2026-12-31' },
    }),
  ).toBe('400 http.invalid-input');
  // Null is not a list: it must not read as all acts on all matters.
  expect(
    await county.refused(`${ROSTER}/delegation`, 'demo-head', {
      ...{ delegation: 'sq-9', person: 'demo-window', until: '2026-12-31' },
      ...{ full: null, acts: null, matters: null },
    }),
  ).toBe('422 roster.scope-unclear');
});

it('2.4a gaps can be asked for up to the last day that is taken', async () => {
  const { from, to } = await county.read('/roster/gaps?from=2199-12-30', 'demo-supervisor');
  expect([from, to]).toEqual(['2199-12-30', '2199-12-31']);
});
