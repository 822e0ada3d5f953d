import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.project('mill');
});
afterAll(() => county.close());

const PATH = '/applications/mill-LX-06';
const AS = 'demo-applicant';

/** What the application says comes next: on its own, in its timeline and in that of its project, all alike. */
async function next(): Promise<Body> {
  const found = await county.read(PATH, AS);
  const timeline = await county.read(`${PATH}/timeline`, AS);
  const project = await county.read('/projects/mill/timeline', AS);
  expect(timeline['next']).toEqual(found['next']);
  const [one] = project['next'].filter(({ application }: Body) => application === 'mill-LX-06');
  expect(one['next']).toEqual(found['next']);
  return found['next'];
}

/** The same without its words, which are there in both languages. */
async function bare(): Promise<unknown> {
  const { what, ...rest } = await next();
  expect(what).toEqual({ zh: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
  return rest;
}

describe('what the applicant has to do next, and who acts now', () => {
  test('2.1b every application that the project opened waits for the applicant at first', async () => {
    const { items, next: steps } = await county.read('/projects/mill/timeline', AS);
    expect(items).toHaveLength(1);
    expect(steps.length).toBeGreaterThan(1);
    expect(steps[0]).toEqual({
      application: 'mill-LX-06',
      ...{ receiptNumber: null, decisionNumber: null, permit: null },
      matter: 'LX-06',
      matterName: '建设项目用地预审与选址意见书核发',
      next: {
        actor: 'applicant',
        departments: [],
        act: 'submit',
        what: { zh: '请提交申请', en: 'Submit the application' },
        by: null,
        article: '行政许可法 Art. 29',
      },
    });
    expect(new Set(steps.map((step: Body) => step.next.act))).toEqual(new Set(['submit']));
  });

  test('2.1b from the window to the reviewer, over what is to be corrected, to delivery', async () => {
    const department = { actor: 'department', departments: ['natural-resources'] };
    const applicant = { actor: 'applicant', departments: [] };
    await county.done(`${PATH}/submission`, AS);
    expect(await bare()).toEqual({
      ...department,
      act: 'accept-or-notify',
      by: '2026-12-01T16:00:00.000Z',
      article: '行政许可法 Art. 32(4)',
    });
    await county.done(`${PATH}/supplement-request`, 'demo-window', {
      items: [{ material: '宗地图', reason: '缺图' }],
    });
    expect(await bare()).toEqual({
      ...applicant,
      act: 'supplement',
      by: null,
      article: '行政许可法 Art. 32(4)',
    });
    county.clock.to('2026-11-25T02:00:00.000Z');
    await county.done(`${PATH}/supplement`, AS, { materials: ['宗地图'] });
    expect((await next())['by']).toBe('2026-12-02T16:00:00.000Z');
    await county.done(`${PATH}/acceptance`, 'demo-window');
    const { due } = await county.read(PATH, AS);
    expect(await bare()).toEqual({
      ...department,
      act: 'decide',
      by: due.promised,
      article: '行政许可法 Art. 42',
    });
    await county.done(`${PATH}/return`, 'demo-head', { reason: '图纸不一致', article: '行政许可法 Art. 31' });
    expect(await bare()).toEqual({ ...applicant, act: 'resubmit', by: null, article: null });
    await county.done(`${PATH}/submission`, AS);
    await county.done(`${PATH}/suspension`, 'demo-head', {
      cause: 'expert-review',
      notice: '1号',
      days: 5,
    });
    expect(await bare()).toEqual({
      actor: 'excluded-procedure',
      departments: ['natural-resources'],
      act: 'finish-procedure',
      by: '2026-12-02T16:00:00.000Z',
      article: '行政许可法 Art. 45',
    });
    await county.done(`${PATH}/resumption`, 'demo-head');
    await county.review('mill-LX-06');
    await county.done(`${PATH}/approval`, 'demo-head', { permit: '用字第1号' });
    expect(await bare()).toEqual({
      ...department,
      act: 'deliver',
      by: '2026-12-09T16:00:00.000Z',
      article: '行政许可法 Art. 44',
    });
  });

  test('2.1b nothing comes next once it is closed, and only then', async () => {
    await county.done(`${PATH}/delivery`, 'demo-window');
    expect(await next()).toBeNull();
    const { next: steps } = await county.read('/projects/mill/timeline', AS);
    expect(steps.map((step: Body) => step.next?.act ?? null)).toEqual(
      steps.map(({ application }: Body) => (application === 'mill-LX-06' ? null : 'submit')),
    );
  });
});
