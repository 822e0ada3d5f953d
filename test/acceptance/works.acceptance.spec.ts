import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { publishChain } from '../support/chain-template.js';
import { County } from './county.js';

const PERMIT = '/applications/mill-SG-05';
const APPLICANT = 'demo-applicant';
const HEAD = 'works-head';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await publishChain(county.server);
  await county.account('works-window', 'window', 'housing-construction');
  await county.account(HEAD, 'department-head', 'housing-construction');
  for (const id of ['mill', 'dam']) {
    await county.project(id, 'chain');
    for (const matter of ['LX-06', 'LX-07', 'GC-02']) await county.delivered(`${id}-${matter}`);
    await county.delivered(`${id}-SG-05`, { clerk: 'works-window', head: HEAD });
    await county.done(`/applications/${id}-SG-05/permit-use`, APPLICANT, { on: '2026-11-24' });
  }
});
afterAll(() => county.close());

/** Notices about works: application, kind, day, when it fell due; the first first. */
async function told(as: string): Promise<string[][]> {
  const { items } = await county.read('/notices', as);
  return items
    .flatMap(({ application, notices }: Body) =>
      notices.map(({ kind, text, occurredAt }: Body) => [occurredAt, application, kind, text]),
    )
    .filter(([, , kind]: string[]) => /^works-|^verification/.test(kind ?? ''))
    .sort();
}

test('A10 a stop of works is reported in a month, a year of it asks for a verification of the permit, and only then the works are resumed', async () => {
  county.clock.to('2026-12-15T02:00:00.000Z');
  await county.done(`${PERMIT}/works-stop`, APPLICANT, { on: '2026-12-10', reason: '冬季停工' });
  expect((await county.read(PERMIT, APPLICANT))['stop']).toEqual({
    ...{ on: '2026-12-10', isReported: true, reportBy: '2027-01-11' },
  });
  await county.by('2027-12-10T16:00:00.000Z');
  const stopped = ['2026-12-15T02:00:00.000Z', 'mill-SG-05', 'works-stopped', '2026-12-10'];
  expect(await told('works-window')).toEqual([stopped]);
  await county.by('2027-12-10T16:00:00.001Z');
  const owed = ['2027-12-10T16:00:00.000Z', 'mill-SG-05', 'verification-owed', '2027-12-10'];
  expect([await told(APPLICANT), await told('works-window')]).toEqual([[owed], [stopped, owed]]);

  county.clock.to('2027-12-20T02:00:00.000Z');
  const early = await county.server.post(`${PERMIT}/works-resumption`, APPLICANT, { on: '2027-12-20' });
  expect([early.status, early.body['code'], early.body['article'], early.body['messages']['zh']]).toEqual([
    409,
    'application.permit-not-verified',
    '建筑法 Art. 10',
    '申请 mill-SG-05 的工程自2026年12月10日起中止施工，至2027年12月10日已满一年，恢复施工前应当报发证机关核验施工许可证',
  ]);
  await county.done(`${PERMIT}/permit-verification`, HEAD, { passed: true, finding: '仍符合施工许可条件' });
  await county.done(`${PERMIT}/works-resumption`, APPLICANT, { on: '2027-12-20', note: '春季复工' });
  const { stop, resumedOn } = await county.read(PERMIT, APPLICANT);
  expect({ stop, resumedOn }).toEqual({ stop: null, resumedOn: '2027-12-20' });
  expect((await county.timeline('mill-SG-05')).slice(-5)).toEqual([
    ...['PermitUsed', 'WorksStopped', 'PermitVerificationOwed', 'PermitVerified', 'WorksResumed'],
  ]);
});

test('A10 a stop that the organ finds and nobody reports in its month is on record, for the developer and the organ', async () => {
  const path = '/applications/dam-SG-05';
  county.clock.to('2028-03-10T02:00:00.000Z');
  await county.done(`${path}/works-stop-finding`, HEAD, { on: '2028-03-01', finding: '现场无人施工' });
  expect(
    await county.refused(`${path}/works-stop-finding`, APPLICANT, { on: '2028-03-01', finding: '停工' }),
  ).toBe('403 http.wrong-role');
  // 1 April 2028 is a Saturday: the month ends on Monday 3 April.
  await county.by('2028-04-03T16:00:00.001Z');
  const dam = (await told(APPLICANT)).filter(([, id]) => id === 'dam-SG-05');
  expect(dam).toEqual([
    ['2028-03-10T02:00:00.000Z', 'dam-SG-05', 'works-stop-found', '2028-04-03'],
    ['2028-04-03T16:00:00.000Z', 'dam-SG-05', 'works-stop-unreported', '2028-04-03'],
  ]);
  await county.done(`${path}/works-stop`, APPLICANT, { on: '2028-03-01', reason: '资金不足' });
  const { items } = await county.read(
    `/audit?stream=application-dam-SG-05&type=WorksStopped`,
    'demo-supervisor',
  );
  expect(items.map(({ data }: Body) => [data.reportBy, data.late])).toEqual([['2028-04-03', true]]);
});
