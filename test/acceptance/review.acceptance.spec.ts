import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  for (const id of ['mill', 'dam', 'kiln']) {
    await county.project(id);
    await county.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
  }
});
afterAll(() => county.close());

test('D6 a head who reviewed does not decide, even if another person has the review now', async () => {
  const path = '/applications/mill-LX-06';
  await county.done(`${path}/assignment`, 'demo-head', { person: 'demo-head' });
  expect(await county.refused(`${path}/approval`, 'demo-head')).toBe('403 application.reviewer-decides');
  await county.done(`${path}/steps`, 'demo-head', { step: '审查' });
  await county.done(`${path}/assignment`, 'demo-head', { person: 'demo-reviewer' });
  const events = await county.server.events();
  const { status, body } = await county.server.post(`${path}/approval`, 'demo-head');
  expect([status, body]).toEqual([
    403,
    {
      type: 'urn:zhitong:problem:application.reviewer-decides',
      title: 'Forbidden',
      status: 403,
      detail: 'demo-head took part in the review of application mill-LX-06 and may not also decide it',
      instance: '/api/v1/applications/mill-LX-06/approval',
      code: 'application.reviewer-decides',
      params: { application: 'mill-LX-06', person: 'demo-head' },
      messages: {
        zh: 'demo-head 参与了申请 mill-LX-06 的审查，不得同时作出决定',
        en: 'demo-head took part in the review of application mill-LX-06 and may not also decide it',
      },
    },
  ]);
  expect(await county.server.events()).toBe(events);
});

test('D6 without a review there is no decision; a reviewer who recorded nothing is named by a deviation', async () => {
  const path = '/applications/dam-LX-06';
  const { status, body } = await county.server.post(`${path}/approval`, 'demo-head');
  expect([status, body.code, body.article, body.messages.zh]).toEqual([
    409,
    'application.review-missing',
    '行政许可法 Art. 34',
    '申请 dam-LX-06 尚未分办审查，也没有审查环节的记录，不得作出决定',
  ]);
  await county.done(`${path}/assignment`, 'demo-head', { person: 'demo-reviewer' });
  county.clock.to('2026-11-25T02:00:00.000Z');
  await county.done(`${path}/approval`, 'demo-head');
  const { items } = await county.read('/projects/dam/conformance', 'demo-supervisor');
  expect(items.map(({ code, application }: Body) => [code, application])).toEqual([
    ['review-skipped', 'dam-LX-06'],
  ]);
});

test('D6 under special handling one person examines and decides', async () => {
  const path = '/applications/kiln-LX-06';
  await county.done(`${path}/special-handling`, 'demo-leader', {
    rule: 'separate-decision',
    reason: '防汛抢险',
  });
  await county.done(`${path}/approval`, 'demo-head');
});

test('D6 no header makes a request count as an imported log', async () => {
  await county.project('forge');
  const path = '/applications/forge-LX-06';
  const claim = { 'x-correlation-id': 'import/receipt' };
  await county.done(`${path}/submission`, 'demo-applicant');
  await county.done(`${path}/acceptance`, 'demo-window');
  const { status, headers, body } = await county.server.post(`${path}/approval`, 'demo-head', {}, claim);
  expect([status, body.code]).toEqual([409, 'application.review-missing']);
  expect(headers.get('x-correlation-id')).not.toBe('import/receipt');
});
