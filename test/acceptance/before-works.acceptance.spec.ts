import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  for (const [staff, department] of [
    ['works', 'housing-construction'],
    ['eco', 'ecology-environment'],
  ] as const) {
    await county.account(`${staff}-window`, 'window', department);
    await county.account(`${staff}-head`, 'department-head', department);
  }
  await county.done('/templates', 'demo-admin', {
    id: 'permit-and-form',
    name: '施工许可与环评',
    nameEn: 'Permit and environmental form',
    stages: [
      {
        name: '立项用地规划许可',
        lead: 'natural-resources',
        matters: [{ code: 'LX-14', prerequisites: [] }],
      },
      { name: '施工许可', lead: 'housing-construction', matters: [{ code: 'SG-05', prerequisites: [] }] },
    ],
  });
  await county.project('mill', 'permit-and-form');
});
afterAll(() => county.close());

const granted = (id: string, staff: string) =>
  county.delivered(id, { clerk: `${staff}-window`, head: `${staff}-head`, also: ['申请表'] });

test('A4 the environmental form gates the begin of works, and not the construction permit', async () => {
  await granted('mill-SG-05', 'works');
  const path = '/applications/mill-SG-05/permit-use';
  const early = await county.server.post(path, 'demo-applicant', { on: '2026-11-24' });
  expect([early.status, early.body['code'], early.body['article'], early.body['params']]).toEqual([
    409,
    'application.works-not-allowed-yet',
    '环境影响评价法 Art. 25',
    { application: 'mill-SG-05', missing: 'LX-14 (mill-LX-14)' },
  ]);
  expect((await county.timeline('mill-SG-05')).at(-1)).toBe('DecisionDelivered');
  await granted('mill-LX-14', 'eco');
  await county.done(path, 'demo-applicant', { on: '2026-11-24' });
  expect((await county.timeline('mill-SG-05')).at(-1)).toBe('PermitUsed');
});

test('D works at a river begin once the water department has agreed, for a project that took the matter up', async () => {
  await county.project('weir', 'permit-and-form');
  await county.done('/projects/weir/matter-addition', 'demo-applicant', {
    matter: 'LX-18',
    reason: '临河建设',
  });
  await granted('weir-SG-05', 'works');
  await granted('weir-LX-14', 'eco');
  const { status, body } = await county.server.post('/applications/weir-SG-05/permit-use', 'demo-applicant', {
    on: '2026-11-24',
  });
  expect([status, body['code'], body['article'], body['params']]).toEqual([
    409,
    'application.works-not-allowed-yet',
    '防洪法 Art. 27',
    { application: 'weir-SG-05', missing: 'LX-18 (weir-LX-18)' },
  ]);
});

test('A1 a completion filing is not completed at once while its prerequisites are missing', async () => {
  await county.project('dam', 'enterprise-filing');
  await county.done('/applications/dam-JG-06/submission', 'demo-applicant', {
    materials: ['建设工程竣工验收报告', '规划、消防、环保等部门出具的认可文件或者准许使用文件'],
  });
  const answer = await county.server.post('/applications/dam-JG-06/immediate-completion', 'works-window', {
    outcome: '备案',
  });
  expect([answer.status, answer.body['code'], answer.body['params']]).toEqual([
    409,
    'application.prerequisites-not-granted',
    { application: 'dam-JG-06', missing: 'JG-10 (dam-JG-10)' },
  ]);
  expect(await county.timeline('dam-JG-06')).toEqual(['ApplicationSubmitted']);
});
