import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Policies } from '#libs/shell/system';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.project('mill');
});
afterAll(() => county.close());

it('视为受理: what the window does too late finds the application accepted, though no timer has come yet', async () => {
  const path = '/applications/mill-LX-06';
  await county.done(`${path}/submission`, 'demo-applicant');
  // The five working days of Tuesday 24 November ended with 1 December.
  county.clock.to('2026-12-02T02:00:00.000Z');
  const late = await county.server.post(`${path}/acceptance-refusal`, 'demo-window', {
    article: '行政许可法 Art. 32(1)',
    reason: '不需许可',
    remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
  });
  expect([late.status, late.body['code'], late.body['article']]).toEqual([
    409,
    'application.wrong-stage',
    '行政许可法 Art. 32',
  ]);
  const found = async () => {
    const { stage, acceptedAt } = await county.read(path, 'demo-applicant');
    const { items } = await county.read('/audit?stream=application-mill-LX-06', 'demo-supervisor');
    return [stage, acceptedAt, items.map(({ type, occurredAt }: Body) => [type, occurredAt])];
  };
  const deemed = [
    'accepted',
    '2026-11-24T02:00:00.000Z',
    [
      ['ApplicationDeemedAccepted', '2026-12-01T16:00:00.000Z'],
      ['ApplicationSubmitted', '2026-11-24T02:00:00.000Z'],
    ],
  ];
  expect(await found()).toEqual(deemed);
  // The timer comes, finds it done, and the review goes on.
  await county.server.app.get(Policies).catchUp();
  const { items } = await county.read(
    '/audit?stream=application-mill-LX-06&type=ApplicationDeemedAccepted',
    'demo-supervisor',
  );
  expect(items).toHaveLength(1);
  await county.review('mill-LX-06');
  await county.done(`${path}/approval`, 'demo-head', { permit: '用字第1号' });
});
