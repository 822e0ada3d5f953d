import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SubmitApplicationHandler } from '#libs/county/approval/http';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

const STAGE = '立项用地规划许可';
const MATERIALS = ['一张表单', '建设项目批准、核准、备案文件'];
const KEY = { 'idempotency-key': 'form-2' };

/** In these tests the law of LX-07 asks for the opinions of three departments. */
const ARTICLE = '城乡规划法 Art. 38';

let county: County;

beforeAll(async () => {
  county = await County.open();
  await county.account('dr-head', 'department-head', 'development-reform');
  await county.account('ee-head', 'department-head', 'ecology-environment');
  await county.account('water-head', 'department-head', 'water');
  await county.revise('LX-07', {
    consults: ['water', 'ecology-environment', 'development-reform'].map((department) => ({
      department,
      article: ARTICLE,
      verified: false,
      days: null,
    })),
    reason: '法律要求征求意见',
  });
  await county.project('mill', 'enterprise-filing');
});
afterAll(() => county.close());

describe('one form for a stage', () => {
  it('2.3b A28 submitting a stage fans out to all its departments, and its lead asks at once whom the law asks for', async () => {
    const answer = await county.done('/projects/mill/stage-submission', 'demo-applicant', {
      stage: STAGE,
      materials: MATERIALS,
    });
    expect(answer.body['applications']).toEqual([
      { application: 'mill-LX-01', department: 'development-reform', refused: null },
      { application: 'mill-LX-07', department: 'natural-resources', refused: null },
      { application: 'mill-LX-14', department: 'ecology-environment', refused: null },
      { application: 'mill-LX-17', department: 'water', refused: null },
    ]);
    const after = `?after=${answer.body['position']}`;
    const lead = await county.server.get(`/applications/mill-LX-07${after}`, 'demo-head');
    expect(lead.body['consultation']).toEqual({
      round: 1,
      requestedAt: '2026-11-24T02:00:00.000Z',
      answerBy: '2026-12-01T16:00:00.000Z',
      article: ARTICLE,
      silenceRule: null,
      asked: ['development-reform', 'ecology-environment', 'water'],
      outstanding: ['development-reform', 'ecology-environment', 'water'],
      overdue: false,
      opinions: [],
    });
    for (const [account, own] of [
      ['dr-head', 'mill-LX-01'],
      ['ee-head', 'mill-LX-14'],
      ['water-head', 'mill-LX-17'],
    ] as const) {
      const ids = async (query: string) =>
        (await county.read(`/worklist${query}`, account))['items'].map(({ id }: Body) => id);
      expect(await ids('')).toEqual([own]);
      expect(await ids('?awaiting=true')).toEqual(['mill-LX-07']);
    }
    const { items } = await county.read('/audit?type=StageSubmitted', 'demo-supervisor');
    expect(items[0]['data']).toEqual({
      project: 'mill',
      stage: STAGE,
      lead: 'natural-resources',
      joinedBy: 'mill-LX-07',
      applications: [
        { application: 'mill-LX-01', department: 'development-reform' },
        { application: 'mill-LX-07', department: 'natural-resources' },
        { application: 'mill-LX-14', department: 'ecology-environment' },
        { application: 'mill-LX-17', department: 'water' },
      ],
    });
  });

  it('2.3b the same form again returns the first answer; another one has nothing left to submit', async () => {
    const form = { stage: STAGE };
    const key = { 'idempotency-key': 'form-1' };
    await county.project('dam', 'enterprise-filing');
    const first = await county.server.post('/projects/dam/stage-submission', 'demo-applicant', form, key);
    const events = await county.server.events();
    const again = await county.server.post('/projects/dam/stage-submission', 'demo-applicant', form, key);
    expect([first.status, again.status, again.body]).toEqual([202, 202, first.body]);
    expect(await county.refused('/projects/dam/stage-submission', 'demo-applicant', form)).toBe(
      '409 project.stage-submitted',
    );
    expect(
      await county.refused('/projects/dam/stage-submission', 'demo-applicant', { stage: '第五阶段' }),
    ).toBe('422 project.no-such-stage');
    expect(await county.server.events()).toBe(events);
  });
});

it('2.3b a form whose submission stopped half way continues at the retry', async () => {
  await county.project('weir', 'enterprise-filing');
  const submissions = county.server.app.get(SubmitApplicationHandler);
  const execute = submissions.execute.bind(submissions);
  let left = 2;
  const broken = jest.spyOn(submissions, 'execute').mockImplementation((...sent) => {
    if (left-- === 0) throw new Error('the power went out');
    return execute(...sent);
  });
  const send = () =>
    county.server.post('/projects/weir/stage-submission', 'demo-applicant', { stage: STAGE }, KEY);
  expect((await send()).status).toBe(500);
  broken.mockRestore();
  const { items } = await county.read('/projects/weir/timeline', 'demo-applicant');
  expect(items.map(({ type, application }: Body) => [type, application])).toEqual([
    ['ProjectRegistered', null],
    ['StageSubmitted', null],
    ['ApplicationSubmitted', 'weir-LX-01'],
    ['ApplicationSubmitted', 'weir-LX-07'],
    ['ConsultationRequested', 'weir-LX-07'],
  ]);
  const retried = await send();
  expect(retried.body['applications'].map(({ refused }: Body) => refused)).toEqual([null, null, null, null]);
  const after = await county.read('/projects/weir/timeline', 'demo-applicant');
  expect(after['items'].slice(5).map(({ type, application }: Body) => [type, application])).toEqual([
    ['ApplicationSubmitted', 'weir-LX-14'],
    ['ApplicationSubmitted', 'weir-LX-17'],
  ]);
});

describe('parallel consultation', () => {
  const lead = '/applications/mill-LX-07';
  const opinion = { agrees: true, opinion: '无意见' };

  it('2.3b the lead cannot decide before all opinions or their deadline', async () => {
    await county.done(`${lead}/acceptance`, 'demo-window');
    await county.done(`${lead}/consultation-opinion`, 'dr-head', opinion);
    const early = await county.server.post(`${lead}/refusal`, 'demo-head', {
      article: '城乡规划法 Art. 38',
      reason: '不符合规划',
      remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
    });
    expect([early.status, early.body['code'], early.body['article'], early.body['params']]).toEqual([
      409,
      'application.opinions-outstanding',
      ARTICLE,
      {
        application: 'mill-LX-07',
        departments: 'ecology-environment、water',
        answerBy: '2026-12-01T16:00:00.000Z',
      },
    ]);
    await county.done(`${lead}/consultation-opinion`, 'ee-head', opinion);
    expect(await county.refused(`${lead}/consultation-opinion`, 'ee-head', opinion)).toBe(
      '409 application.opinion-given',
    );
    expect(await county.refused(`${lead}/consultation-opinion`, 'demo-head', opinion)).toBe(
      '403 application.not-consulted',
    );
    expect((await county.read(lead, 'water-head'))['awaiting']).toEqual(['water']);
  });

  it('2.3b silence is recorded but is not consent, and a late opinion is recorded as late', async () => {
    county.clock.to('2026-12-02T02:00:00.000Z');
    await county.review('mill-LX-07');
    await county.done(`${lead}/refusal`, 'demo-head', {
      article: '城乡规划法 Art. 38',
      reason: '不符合规划',
      remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
    });
    await county.done(`${lead}/consultation-opinion`, 'water-head', { agrees: false, opinion: '占用河道' });
    const { items } = await county.read('/audit?stream=application-mill-LX-07&limit=3', 'demo-supervisor');
    expect(
      items.map(({ type, data }: Body) => [
        type,
        data.departments ?? data.department,
        data.takenAs,
        data.late,
      ]),
    ).toEqual([
      ['ConsultationAnswered', 'water', undefined, true],
      ['ApplicationRefused', undefined, undefined, undefined],
      ['ConsultationOverdue', ['water'], null, undefined],
    ]);
    const { awaiting, consultation } = await county.read(lead, 'demo-head');
    expect(awaiting).toEqual([]);
    // Each branch by its own clock.
    expect(
      consultation['opinions'].map(({ department, late, workingDays }: Body) => [
        department,
        late,
        workingDays,
      ]),
    ).toEqual([
      ['development-reform', false, 0],
      ['ecology-environment', false, 0],
      ['water', true, 6],
    ]);
    const { breaches } = await county.read('/reports/accountability?project=mill', 'demo-supervisor');
    expect(
      breaches.map(({ code, department, person, detail }: Body) => ({ code, department, person, detail })),
    ).toContainEqual({
      code: 'opinion-late',
      department: 'water',
      person: 'water-head',
      detail: { requestedAt: '2026-11-24T02:00:00.000Z', answeredAt: '2026-12-02T02:00:00.000Z' },
    });
  });

  it('2.3b silence counts as no objection where the template cites the rule for it', async () => {
    const silenceRule = '县政府办〔2026〕3号 第五条';
    const { body } = await county.server.get('/templates/enterprise-filing', 'demo-admin');
    const [first, ...others] = body['stages'];
    await county.done('/templates/enterprise-filing/revision', 'demo-admin', {
      name: body['name'],
      nameEn: body['nameEn'],
      stages: [{ ...first, opinions: { days: 2, silenceRule } }, ...others],
      reason: '县里出台了超时视同无意见的规定',
      article: '优化营商环境条例 Art. 35',
    });
    await county.done('/templates/enterprise-filing/revision-confirmation', 'demo-leader');
    await county.project('kiln', 'enterprise-filing');
    await county.done('/projects/kiln/stage-submission', 'demo-applicant', {
      stage: STAGE,
      materials: MATERIALS,
    });
    await county.done('/applications/kiln-LX-07/acceptance', 'demo-window');
    county.clock.to('2026-12-05T02:00:00.000Z');
    await county.done('/applications/kiln-LX-07/consultation-closure', 'demo-window');
    const { items } = await county.read(
      '/audit?stream=application-kiln-LX-07&type=ConsultationOverdue',
      'demo-supervisor',
    );
    expect(
      items.map(({ data }: Body) => [data.departments, data.answerBy, data.takenAs, data.silenceRule]),
    ).toEqual([
      [
        ['development-reform', 'ecology-environment', 'water'],
        '2026-12-04T16:00:00.000Z',
        'no-objection',
        silenceRule,
      ],
    ]);
    const { breaches } = await county.read('/reports/accountability?project=kiln', 'demo-supervisor');
    expect(
      breaches
        .filter(({ code }: Body) => code === 'opinion-missing')
        .map(({ article, department, detail }: Body) => ({ article, department, detail })),
    ).toEqual(
      ['development-reform', 'ecology-environment', 'water'].map((department) => ({
        article: '行政许可法 Art. 26',
        department,
        detail: { requestedAt: '2026-12-02T02:00:00.000Z', overdueAt: '2026-12-05T02:00:00.000Z' },
      })),
    );
  });

  it('2.3b a lead may also ask on its own initiative, and the wait is in inter-department custody', async () => {
    await county.project('barn');
    const path = '/applications/barn-LX-06';
    await county.done(`${path}/submission`, 'demo-applicant');
    await county.done(`${path}/acceptance`, 'demo-window');
    const ask = { departments: ['water', 'forestry'], question: '是否占用林地', days: 3 };
    expect(
      await county.refused(`${path}/consultation`, 'demo-reviewer', { ...ask, departments: ['moon'] }),
    ).toBe('422 application.unknown-department');
    await county.done(`${path}/consultation`, 'demo-reviewer', ask);
    expect((await county.read(path, 'demo-head'))['holder']).toEqual({
      party: 'inter-department',
      department: null,
      post: null,
      person: null,
      ...{ departmentName: null, departmentNameEn: null, displayName: null },
    });
    const { items } = await county.read('/worklist?awaiting=true', 'water-head');
    expect(items.map(({ id }: Body) => id)).toEqual(['barn-LX-06', 'dam-LX-07', 'weir-LX-07']);
    expect(
      (await county.server.get('/worklist?awaiting=true&department=forestry', 'water-head')).status,
    ).toBe(403);
  });
});
