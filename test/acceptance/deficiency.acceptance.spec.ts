import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.list('LX-06', [
    { name: '选址论证报告', key: true },
    { name: '地质灾害评估', key: false },
    { name: '压覆矿产查询', key: false },
  ]);
  for (const id of ['mill', 'dam', 'kiln', 'barn']) {
    await county.project(id);
    await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant', {
      materials: ['选址论证报告'],
    });
  }
});
afterAll(() => county.close());

const MISSING = ['地质灾害评估', '压覆矿产查询'];

describe('acceptance with deficiencies', () => {
  it('2.2e 容缺受理: material that is not key may come later, by a deadline, and before the grant', async () => {
    const path = '/applications/mill-LX-06';
    await county.done(`${path}/deficient-acceptance`, 'demo-window', { missing: MISSING, days: 5 });
    const found = await county.read(path, 'demo-window');
    expect([found['stage'], found['due']['promised'], found['deficiency']]).toEqual([
      'accepted',
      '2026-12-01T16:00:00.000Z',
      { missing: MISSING, handInBy: '2026-12-01T16:00:00.000Z', lapsed: false },
    ]);
    expect(await county.refused(`${path}/approval`, 'demo-head')).toBe(
      '409 application.deficiency-outstanding',
    );
    await county.done(`${path}/deficiency-fulfilment`, 'demo-applicant', { materials: ['压覆矿产查询'] });
    expect(await county.refused(`${path}/approval`, 'demo-head')).toBe(
      '409 application.deficiency-outstanding',
    );
    await county.done(`${path}/deficiency-fulfilment`, 'demo-applicant', { materials: ['地质灾害评估'] });
    await county.review('mill-LX-06');
    await county.done(`${path}/approval`, 'demo-head', { permit: '用字第1号' });
    expect(await county.timeline('mill-LX-06')).toEqual([
      'ApplicationSubmitted',
      'ApplicationAccepted',
      'AcceptedWithDeficiency',
      'DeficiencyFulfilled',
      'DeficiencyFulfilled',
      'StepRecorded',
      'ApplicationApproved',
    ]);
  });

  it('2.2e what the law asks for is not among it', async () => {
    const answer = await county.server.post('/applications/dam-LX-06/deficient-acceptance', 'demo-window', {
      missing: ['选址论证报告'],
      days: 5,
    });
    expect([answer.status, answer.body['code'], answer.body['article'], answer.body['messages']]).toEqual([
      422,
      'application.key-material',
      '行政许可法 Art. 32(1)(5)',
      {
        zh: '“选址论证报告”是申请 dam-LX-06 的法定材料，不得容缺，也不得以承诺代替',
        en: '选址论证报告 is required by law in application dam-LX-06; it can be neither late nor replaced by a commitment',
      },
    ]);
    expect(await county.timeline('dam-LX-06')).toEqual(['ApplicationSubmitted']);
  });

  it('2.2e a deadline that passed is recorded, and nothing is handed in after that', async () => {
    const path = '/applications/kiln-LX-06';
    await county.done(`${path}/deficient-acceptance`, 'demo-window', { missing: MISSING, days: 1 });
    expect(await county.refused(`${path}/deficiency-lapse`, 'demo-window')).toBe(
      '409 application.deficiency-not-due',
    );
    county.clock.to('2026-11-26T02:00:00.000Z');
    await county.done(`${path}/deficiency-lapse`, 'demo-window');
    expect(
      await county.refused(`${path}/deficiency-fulfilment`, 'demo-applicant', { materials: MISSING }),
    ).toBe('409 application.deficiency-lapsed');
    expect((await county.read(path, 'demo-window'))['deficiency']['lapsed']).toBe(true);
  });
});

describe('notification and commitment', () => {
  it('2.2e 告知承诺: declared at the application, checked later, and no grant once it is found broken', async () => {
    const path = '/applications/barn-LX-06';
    await county.done(`${path}/commitment`, 'demo-applicant', {
      materials: MISSING,
      statement: '不压覆矿产',
    });
    await county.done(`${path}/acceptance`, 'demo-window');
    await county.done(`${path}/commitment-check`, 'demo-reviewer', { kept: false, finding: '压覆铁矿' });
    const approval = await county.server.post(`${path}/approval`, 'demo-head');
    expect([approval.status, approval.body['code'], approval.body['article']]).toEqual([
      409,
      'application.commitment-breached',
      '行政许可法 Art. 38',
    ]);
    expect((await county.read(path, 'demo-applicant'))['commitment']).toEqual({
      materials: MISSING,
      checked: 'breached',
    });
    expect(await county.timeline('barn-LX-06')).toEqual([
      'ApplicationSubmitted',
      'CommitmentMade',
      'ApplicationAccepted',
      'CommitmentBreached',
    ]);
  });
});
