import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  for (const id of ['mill', 'dam', 'kiln', 'weir', 'lock']) await granted(id);
});
afterAll(() => county.close());

/** LX-06 of a new project, granted until the end of 2027 and delivered. */
async function granted(id: string): Promise<void> {
  const path = `/applications/${id}-LX-06`;
  await county.project(id);
  await county.done(`${path}/submission`, 'demo-applicant');
  await county.done(`${path}/acceptance`, 'demo-window');
  await county.review(`${id}-LX-06`);
  await county.done(`${path}/approval`, 'demo-head', { permit: `用字第${id}号`, validUntil: '2027-12-31' });
  await county.done(`${path}/delivery`, 'demo-window');
}

describe('after the end of a case', () => {
  it('变更、延续: a permit is amended and renewed, and what it was stays on record', async () => {
    const path = '/applications/mill-LX-06';
    await county.done(`${path}/permit-amendment`, 'demo-head', {
      change: '建设单位更名',
      reason: '企业更名',
    });
    await county.done(`${path}/permit-renewal`, 'demo-head', {
      validUntil: '2028-12-31',
      reason: '工期延长',
    });
    expect(
      await county.refused(`${path}/permit-renewal`, 'demo-head', {
        validUntil: '2028-02-30',
        reason: '延长',
      }),
    ).toBe('400 http.invalid-input');
    const { stage, outcome, validUntil } = await county.read(path, 'demo-applicant');
    expect({ stage, outcome, validUntil }).toEqual({
      stage: 'delivered',
      outcome: 'granted',
      validUntil: '2028-12-31',
    });
    const { items } = await county.read('/audit?stream=application-mill-LX-06', 'demo-supervisor');
    expect(items.map(({ type, data }: Body) => [type, data.validUntil, data.before])).toEqual([
      ['PermitRenewed', '2028-12-31', '2027-12-31'],
      ['PermitAmended', undefined, undefined],
      ['DecisionDelivered', undefined, undefined],
      ['PermitIssued', '2027-12-31', undefined],
      ['ApplicationApproved', undefined, undefined],
      ['StepRecorded', undefined, undefined],
      ['ApplicationAccepted', undefined, undefined],
      ['ApplicationSubmitted', undefined, undefined],
    ]);
  });

  it('撤销、注销: a revoked permit carries nothing any more, and is then struck off', async () => {
    const path = '/applications/dam-LX-06';
    await county.handIn('dam-LX-07');
    await county.done('/applications/dam-LX-07/acceptance', 'demo-window');
    const early = await county.server.post(`${path}/permit-cancellation`, 'demo-head', {
      ground: 'withdrawn',
      reason: '注销',
    });
    expect([early.status, early.body['code'], early.body['article']]).toEqual([
      409,
      'application.permit-not-withdrawn',
      '行政许可法 Art. 70(4)',
    ]);
    await county.done(`${path}/permit-revocation`, 'demo-leader', {
      ground: 'procedure',
      publicHarm: false,
      compensation: '无损失',
      reason: '未经公示',
      remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
    });
    // What waits for it waits again (行政许可法 Art. 69(3)).
    expect(await county.refused('/applications/dam-LX-07/approval', 'demo-head')).toBe(
      '409 application.prerequisites-not-granted',
    );
    expect((await county.read(path, 'demo-head'))['stage']).toBe('revoked');
    await county.done(`${path}/permit-cancellation`, 'demo-head', { ground: 'withdrawn', reason: '注销' });
    const { stage, outcome } = await county.read(path, 'demo-head');
    expect([stage, outcome]).toEqual(['cancelled', 'cancelled']);
    const { applications } = await county.read('/projects/dam', 'demo-leader');
    expect(applications.find(({ application }: Body) => application === 'dam-LX-06')).toMatchObject({
      status: 'ended',
      outcome: 'cancelled',
    });
    const again = await county.server.post(`${path}/permit-revocation`, 'demo-head', {
      ground: 'procedure',
      publicHarm: false,
      compensation: '无损失',
      reason: '再撤',
      remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
    });
    expect([again.status, again.body['code'], again.body['messages']['zh']]).toEqual([
      409,
      'application.ended',
      '申请 dam-LX-06 已经结束（已注销），不能撤销许可',
    ]);
  });

  /** What a project says of its LX-06, and the application itself. */
  async function outcomes(id: string): Promise<unknown[]> {
    const { applications } = await county.read(`/projects/${id}`, 'demo-leader');
    const own = applications.find(({ application }: Body) => application === `${id}-LX-06`);
    const { stage, outcome } = await county.read(`/applications/${id}-LX-06`, 'demo-head');
    return [own['status'], own['outcome'], stage, outcome];
  }

  it('A12 LX-06 qualifies no natural person: it is not cancelled for incapacity, and what is cancelled is not shown as granted', async () => {
    const path = '/applications/kiln-LX-06/permit-cancellation';
    const refused = await county.server.post(path, 'demo-head', { ground: 'incapacity', reason: '死亡' });
    expect([refused.status, refused.body['code'], refused.body['article'], refused.body['messages']]).toEqual(
      [
        409,
        'application.no-personal-qualification',
        '行政许可法 Art. 70(2)',
        {
          zh: '申请 kiln-LX-06 的许可不是赋予公民特定资格的许可，不能以死亡或者丧失行为能力为由注销',
          en: 'The permit of application kiln-LX-06 does not qualify a natural person, so death or incapacity is no ground to cancel it',
        },
      ],
    );
    expect(await outcomes('kiln')).toEqual(['ended', 'granted', 'delivered', 'granted']);
    await county.done(path, 'demo-head', { ground: 'terminated', reason: '企业注销' });
    expect(await outcomes('kiln')).toEqual(['ended', 'cancelled', 'cancelled', 'cancelled']);
  });

  it('A12 a project shows a permit that was recalled, revoked or has expired as that', async () => {
    await county.done('/applications/weir-LX-06/permit-recall', 'demo-head', {
      ground: 'facts-changed',
      reason: '规划道路改线',
      compensation: '依法补偿',
    });
    expect(await outcomes('weir')).toEqual(['ended', 'recalled', 'recalled', 'recalled']);
    county.clock.to('2027-12-31T15:59:59.999Z');
    expect((await outcomes('lock'))[1]).toBe('granted');
    county.clock.to('2027-12-31T16:00:00.000Z');
    expect((await outcomes('lock'))[1]).toBe('expired');
    const { items } = await county.read('/projects?limit=50', 'demo-leader');
    const listed = items.find(({ id }: Body) => id === 'lock').applications;
    expect(listed.find(({ application }: Body) => application === 'lock-LX-06').outcome).toBe('expired');
  });

  it('A25 a revocation by para. 1 of Art. 69 says how the holder is compensated, and none is made that does great harm', async () => {
    const path = '/applications/mill-LX-06/permit-revocation';
    const revoke = { ground: 'procedure', reason: '未经公示', publicHarm: false, compensation: '依法赔偿' };
    const { publicHarm: _, ...unasked } = revoke;
    const { compensation: __, ...uncompensated } = revoke;
    expect([
      await county.refused(path, 'demo-head', unasked),
      await county.refused(path, 'demo-head', uncompensated),
      await county.refused(path, 'demo-head', { ...revoke, publicHarm: true }),
      await county.refused(path, 'demo-head', { ...revoke, ground: 'commitment-breach' }),
      await county.refused(path, 'demo-head', { ...revoke, ground: 'deception' }),
      await county.refused(path, 'demo-head', { ...uncompensated, ground: 'deception' }),
    ]).toEqual([
      '422 application.public-harm-unsaid',
      '422 application.compensation-owed',
      '409 application.revocation-harms-public',
      '409 application.no-breach',
      '422 application.no-compensation-for-deception',
      '422 application.deception-not-found',
    ]);
    await county.done(path, 'demo-head', revoke);
    expect(await outcomes('mill')).toEqual(['ended', 'revoked', 'revoked', 'revoked']);
  });
});
