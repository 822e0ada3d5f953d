import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { publishChain } from '../support/chain-template.js';
import { County } from './county.js';

const CODE = '9144030071526726XG';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await publishChain(county.server);
  await county.done('/organisations', 'demo-admin', {
    id: CODE,
    name: '腾讯计算机系统有限公司',
    address: '深圳市南山区',
    legalPerson: '马某',
  });
  const account = { displayName: '腾讯', role: 'applicant', password: 'heron-bridge-0815-slate' };
  await county.done('/accounts', 'demo-admin', { id: 'tencent', ...account, creditCode: CODE });
  for (const id of ['mill', 'kiln']) await county.project(id, 'chain', 'tencent');
  await county.account('li-si', 'applicant');
  await county.project('home', 'chain', 'li-si');
});
afterAll(() => county.close());

/** As anybody asks, without an account. */
async function ask(query = ''): Promise<Body> {
  await county.server.caughtUp();
  const { status, body } = await county.server.get(`/permits${query}`, undefined);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}
const numbers = async (query = '') => (await ask(query))['items'].map(({ number }: Body) => number);

async function granted(application: string, as: string, approval: object): Promise<void> {
  const path = `/applications/${application}`;
  await county.handIn(application, as);
  await county.done(`${path}/acceptance`, 'demo-window');
  await county.review(application);
  await county.done(`${path}/approval`, 'demo-head', approval);
  await county.done(`${path}/delivery`, 'demo-window');
}

describe('Art. 40 the public looks at decisions to grant', () => {
  test('A30 without an account, the latest first, each as it stands today, and no natural person by name', async () => {
    await granted('mill-LX-06', 'tencent', { permit: '选字第1号', validUntil: '2026-12-31' });
    await granted('home-LX-06', 'li-si', { permit: '选字第2号' });
    county.clock.to('2026-11-25T02:00:00.000Z');
    await granted('kiln-LX-06', 'tencent', { permit: '选字第3号' });
    await granted('mill-LX-07', 'tencent', { permit: '地字第4号' });
    const of = (number: string, more: Body) => ({
      number,
      decisionNumber: expect.any(String),
      ...{ matter: 'LX-06', matterName: '建设项目用地预审与选址意见书核发', department: 'natural-resources' },
      ...{ holder: { creditCode: CODE, name: '腾讯计算机系统有限公司' }, validUntil: null },
      standing: 'in-force',
      ...more,
    });
    const shown = Object.fromEntries((await ask())['items'].map((item: Body) => [item['number'], item]));
    expect(shown).toEqual({
      地字第4号: of('地字第4号', {
        ...{ matter: 'LX-07', matterName: '建设用地规划许可证核发' },
        ...{ projectName: 'mill 冷库', grantedOn: '2026-11-25' },
      }),
      选字第3号: of('选字第3号', { projectName: 'kiln 冷库', grantedOn: '2026-11-25' }),
      选字第2号: of('选字第2号', { projectName: null, holder: null, grantedOn: '2026-11-24' }),
      选字第1号: of('选字第1号', {
        ...{ projectName: 'mill 冷库', grantedOn: '2026-11-24', validUntil: '2026-12-31' },
      }),
    });
    expect(JSON.stringify(await ask())).not.toMatch(/demo-|tencent|home|li-si|马某/);
    // An applicant who is signed in reads the same.
    expect(await county.read('/permits', 'demo-applicant')).toEqual(await ask());
  });

  test('A30 by matter, department, holder and days, together, page by page', async () => {
    expect((await numbers('?matter=LX-07')).sort()).toEqual(['地字第4号']);
    expect(await numbers('?department=water')).toEqual([]);
    expect((await numbers(`?holder=${CODE}`)).sort()).toEqual(['地字第4号', '选字第1号', '选字第3号']);
    expect(await numbers('?holder=91310000775785552L')).toEqual([]);
    expect(await numbers(`?holder=${CODE}&matter=LX-06&to=2026-11-24`)).toEqual(['选字第1号']);
    expect((await numbers('?from=2026-11-25&to=2026-11-25')).sort()).toEqual(['地字第4号', '选字第3号']);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const page = await ask(`?limit=1${cursor}`);
      seen.push(...page['items'].map(({ number }: Body) => number));
      if (page['nextCursor'] === null) break;
      cursor = `&cursor=${encodeURIComponent(page['nextCursor'])}`;
    }
    expect(seen).toEqual(await numbers());
    expect(seen.slice(0, 2).sort()).toEqual(['地字第4号', '选字第3号']);
    const wrong = ['?from=2026-11-25&to=2026-11-24', '?from=2026-02-30', '?standing=x', '?limit=0'];
    for (const query of wrong) {
      expect([query, (await county.server.get(`/permits${query}`, undefined)).status]).toEqual([query, 400]);
    }
  });

  test('A30 what was revoked or has ended is shown as that', async () => {
    const revocation = { ground: 'procedure', reason: '未经公示', publicHarm: false, compensation: '无损失' };
    await county.done('/applications/kiln-LX-06/permit-revocation', 'demo-head', revocation);
    await county.by('2027-01-01T02:00:00.000Z');
    const items: Body[] = (await ask('?matter=LX-06'))['items'];
    expect(Object.fromEntries(items.map(({ number, standing }) => [number, standing]))).toEqual({
      选字第1号: 'expired',
      选字第2号: 'in-force',
      选字第3号: 'revoked',
    });
  });
});
