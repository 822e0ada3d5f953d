import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

const PROJECTS = ['mill', 'dam', 'barn', 'silo', 'dock'];
const report = '/reports/service-quality';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('water-head', 'department-head', 'water');
  await county.account('stranger', 'applicant');
  for (const id of PROJECTS) {
    const path = `/applications/${id}-LX-06`;
    await county.project(id);
    await county.done(`${path}/submission`, 'demo-applicant');
    if (id === 'dam') {
      const items = [{ material: '申请书', reason: '缺章' }];
      await county.done(`${path}/supplement-request`, 'demo-window', { items });
      await county.done(`${path}/supplement`, 'demo-applicant', { materials: ['申请书'] });
    }
    await county.done(`${path}/acceptance`, 'demo-window');
  }
});
afterAll(() => county.close());

/** Rates the first answer of the window: the acceptance, and of the dam the notice. */
const rate = (id: string, stars: number, comment?: string) =>
  county.done(`/applications/${id}-LX-06/rating`, 'demo-applicant', {
    revision: 1,
    stars,
    ...(comment === undefined ? {} : { comment }),
  });

describe('rating how one was served', () => {
  it('2.4b the applicant rates an act of the case once, from 1 to 5, and it stays with who did it', async () => {
    const path = '/applications/mill-LX-06/rating';
    await rate('mill', 5, '一次办好');
    const { items } = await county.read('/audit?type=ServiceRated', 'demo-supervisor');
    expect(items.map(({ data }: Body) => data)).toEqual([
      {
        application: 'mill-LX-06',
        project: 'mill',
        rated: 1,
        ratedType: 'ApplicationAccepted',
        department: 'natural-resources',
        post: expect.any(String),
        person: 'demo-window',
        stars: 5,
        comment: '一次办好',
      },
    ]);
    const again = { revision: 1, stars: 1 };
    expect(await county.refused(path, 'demo-applicant', again)).toBe('409 application.rated-before');
    expect(await county.refused(path, 'demo-applicant', { revision: 0, stars: 1 })).toBe(
      '422 application.not-a-handling-act',
    );
    expect(await county.refused(path, 'demo-applicant', { revision: 99, stars: 1 })).toBe(
      '422 application.no-such-record',
    );
    expect(await county.refused(path, 'stranger', again)).toBe('403 application.not-the-applicant');
    expect((await county.server.post(path, 'demo-window', again)).status).toBe(403);
    for (const bad of [0, 6, 2.5, '5', null]) {
      const { status, body } = await county.server.post(path, 'demo-applicant', { revision: 1, stars: bad });
      expect([status, body['errors'][0].field]).toEqual([400, 'stars']);
    }
  });

  it('2.4b mean rating, first-pass acceptance and supplement rate of departments, windows and people', async () => {
    await rate('dam', 1, '跑了两趟');
    for (const id of ['barn', 'silo']) await rate(id, 4);
    const figures = { rated: 4, examined: 5, firstPassRate: 0.8, supplementRate: 0.2 };
    const whole = await county.read(report, 'demo-leader');
    expect([whole.span, whole.nextCursor, whole.asOf.lagMs]).toEqual([
      { from: '2026-11-16', to: '2026-11-30' },
      null,
      0,
    ]);
    expect(whole.items).toEqual([
      { department: 'natural-resources', post: null, person: null, meanStars: 3.5, ...figures },
    ]);
    const { items: windows } = await county.read(`${report}?by=post`, 'demo-supervisor');
    expect(windows).toEqual([
      {
        department: 'natural-resources',
        post: expect.any(String),
        person: null,
        meanStars: 3.5,
        ...figures,
      },
    ]);
    const { items: shown } = await county.read(`${report}?by=post`, 'demo-applicant');
    expect(shown.map(({ rated, meanStars }: Body) => [rated, meanStars])).toEqual([[4, null]]);
    // Four ratings are too few to show a person's mean; the fifth is enough.
    const people = () => county.read(`${report}?by=person`, 'demo-supervisor');
    const clerk = { department: 'natural-resources', post: null, person: 'demo-window' };
    expect((await people())['items']).toEqual([{ ...clerk, meanStars: null, ...figures }]);
    await rate('dock', 5);
    expect((await people())['items']).toEqual([{ ...clerk, ...figures, rated: 5, meanStars: 3.8 }]);
    const { items: before } = await county.read(`${report}?from=2026-11-01&to=2026-11-15`, 'demo-leader');
    expect(before).toEqual([]);
  });

  it('2.4b people are named to supervisors, leaders and the head of their own department only', async () => {
    const status = async (account: string, query: string) =>
      (await county.server.get(`${report}?${query}`, account)).status;
    const own = 'by=person&department=natural-resources';
    for (const account of ['demo-supervisor', 'demo-leader', 'demo-head']) {
      expect([account, await status(account, own)]).toEqual([account, 200]);
    }
    for (const account of ['demo-applicant', 'demo-window', 'demo-reviewer', 'demo-campaign', 'water-head']) {
      expect([account, await status(account, own)]).toEqual([account, 403]);
    }
    expect(await status('demo-head', 'by=person')).toBe(403);
    // What everybody may see: departments and windows, with no mean of few ratings.
    const { items } = await county.read(`${report}?from=2026-11-24&to=2026-11-24`, 'demo-applicant');
    expect(items.map(({ rated, meanStars }: Body) => [rated, meanStars])).toEqual([[5, 3.8]]);
    expect(await status('demo-leader', 'by=team')).toBe(400);
  });
});
