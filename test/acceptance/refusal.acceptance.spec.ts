import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.project('mill');
  await county.done('/applications/mill-LX-06/submission', 'demo-applicant');
  await county.done('/applications/mill-LX-06/acceptance', 'demo-window');
});
afterAll(() => county.close());

it('2.1e nothing is refused for being difficult: a refusal names its article, its reason and the remedies', async () => {
  const path = '/applications/mill-LX-06/refusal';
  const events = await county.server.events();
  const bare = await county.server.post(path, 'demo-head', { reason: '难度大' });
  expect([bare.status, bare.body['errors'].map(({ field }: Body) => field)]).toEqual([
    400,
    ['article', 'remedies'],
  ]);
  const blank = await county.server.post(path, 'demo-head', {
    article: ' ',
    reason: '难度大',
    remedies: '六十日内申请行政复议',
  });
  expect([blank.status, blank.body['code'], blank.body['article'], blank.body['params']]).toEqual([
    422,
    'application.reasons-owed',
    '行政许可法 Art. 38',
    { field: 'article' },
  ]);
  expect(await county.server.events()).toBe(events);
  await county.done(path, 'demo-head', {
    article: '城乡规划法 Art. 36',
    reason: '不符合国土空间规划',
    remedies: '六十日内申请行政复议',
  });
  expect(await county.timeline('mill-LX-06')).toEqual([
    'ApplicationSubmitted',
    'ApplicationAccepted',
    'ApplicationRefused',
  ]);
});
