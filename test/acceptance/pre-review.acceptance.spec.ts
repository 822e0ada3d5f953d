import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.project('mill');
});
afterAll(() => county.close());

it('2.3c pre-review never starts the statutory clock', async () => {
  await county.done('/projects/mill/pre-review-request', 'demo-applicant', {
    matter: 'LX-06',
    question: '选址是否可行',
    materials: ['选址方案'],
  });
  county.clock.to('2026-12-10T02:00:00.000Z');
  await county.done('/projects/mill/pre-review', 'demo-reviewer', {
    matter: 'LX-06',
    opinion: '可行，避让基本农田',
    toPrepare: ['勘测定界图'],
  });
  expect((await county.server.get('/applications/mill-LX-06', 'demo-leader')).status).toBe(404);
  expect((await county.read('/worklist', 'demo-head'))['items']).toEqual([]);

  county.clock.to('2026-12-11T02:00:00.000Z');
  await county.done('/applications/mill-LX-06/submission', 'demo-applicant');
  await county.done('/applications/mill-LX-06/acceptance', 'demo-window');
  const { submittedAt, acceptedAt, due } = await county.read('/applications/mill-LX-06', 'demo-head');
  expect([submittedAt, acceptedAt, due['promised']]).toEqual([
    '2026-12-11T02:00:00.000Z',
    '2026-12-11T02:00:00.000Z',
    '2026-12-18T16:00:00.000Z',
  ]);
  const { items, breaches } = await county.read('/reports/accountability?project=mill', 'demo-supervisor');
  expect(breaches).toEqual([]);
  expect(items[0]).toMatchObject({
    party: 'applicant',
    from: '2026-11-24T02:00:00.000Z',
    to: '2026-12-11T02:00:00.000Z',
  });
  const timeline = await county.read('/projects/mill/timeline', 'demo-applicant');
  expect(timeline['items'].map(({ type, person }: Body) => [type, person])).toEqual([
    ['ProjectRegistered', 'demo-applicant'],
    ['PreReviewRequested', 'demo-applicant'],
    ['PreReviewGiven', 'demo-reviewer'],
    ['ApplicationSubmitted', 'demo-applicant'],
    ['ApplicationAccepted', 'demo-window'],
  ]);
});

it('2.3c there is no pre-review once there is an application, nor of another department’s matter', async () => {
  const advice = { matter: 'LX-06', opinion: '可行' };
  const late = await county.server.post('/projects/mill/pre-review', 'demo-reviewer', advice);
  expect([late.status, late.body['code'], late.body['article']]).toEqual([
    409,
    'project.matter-submitted',
    '行政许可法 Art. 32',
  ]);
  expect(
    await county.refused('/projects/mill/pre-review', 'demo-reviewer', { ...advice, matter: 'SG-05' }),
  ).toBe('403 project.other-department');
  expect(
    await county.refused('/projects/mill/pre-review', 'demo-reviewer', { ...advice, matter: 'ZZ-01' }),
  ).toBe('422 project.no-such-matter');
  expect(
    await county.refused('/projects/nothing/pre-review-request', 'demo-applicant', {
      matter: 'LX-06',
      question: '?',
    }),
  ).toBe('404 project.not-registered');
});
