import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('works-window', 'window', 'housing-construction');
  await county.account('works-head', 'department-head', 'housing-construction');
  await county.account('shelter-head', 'department-head', 'civil-air-defence');
  await county.account('road-window', 'window', 'transport');
  await county.account('wang', 'applicant');
});
afterAll(() => county.close());

const refusal = ({ status, body }: Answer) => [status, body['code'], body['article']];
const answer = (project: string, answers: Record<string, string>, as = 'demo-applicant') =>
  county.done(`/projects/${project}/questionnaire`, as, {
    answers: Object.entries(answers).map(([question, given]) => ({ question, answer: given })),
  });
const strike = (project: string, matter: string, as = 'shelter-head') =>
  county.server.post(`/projects/${project}/matter-strike`, as, { matter, reason: '不适用于本项目' });
const mattersOf = async (project: string): Promise<Record<string, readonly string[]>> => {
  const { applications } = await county.read(`/projects/${project}`, 'demo-applicant');
  return Object.fromEntries(
    applications.map(({ matter, prerequisites }: Body) => [
      matter,
      prerequisites.map((id: string) => id.slice(project.length + 1)),
    ]),
  );
};
const rowOf = async (project: string): Promise<Body> => county.read(`/projects/${project}`, 'demo-applicant');
const eventsOf = async (project: string): Promise<readonly string[]> => {
  const { items } = await county.read(`/projects/${project}/timeline?limit=200`, 'demo-applicant');
  return items.map(({ type }: Body) => type);
};

describe('a matter that does not apply', () => {
  test('3 is struck once an answer excludes it, by an office, and blocks nothing any more', async () => {
    await county.project('store', 'enterprise-filing');
    expect(refusal(await strike('store', 'GC-05'))).toEqual([
      409,
      'project.matter-not-excluded',
      '人民防空法 Art. 22',
    ]);
    await answer('store', { 'civil-building': 'yes' });
    expect(refusal(await strike('store', 'GC-05'))).toEqual([
      409,
      'project.matter-needed',
      '人民防空法 Art. 22',
    ]);
    await answer('store', { 'civil-building': 'no' });
    expect((await strike('store', 'GC-05')).status).toBe(202);
    expect((await strike('store', 'JG-04', 'works-window')).status).toBe(202);
    const matters = await mattersOf('store');
    expect([matters['GC-05'], matters['JG-04'], matters['JG-10']]).toEqual([
      undefined,
      undefined,
      ['JG-01', 'JG-03', 'JG-05'],
    ]);
    const { struck } = await rowOf('store');
    expect(struck).toEqual([
      {
        ...{ application: 'store-GC-05', matter: 'GC-05', department: 'civil-air-defence' },
        ...{ matterName: '应建防空地下室的民用建筑项目报建审批', person: 'shelter-head' },
        ...{ reason: '不适用于本项目', article: '人民防空法 Art. 22', at: expect.any(String) },
      },
      expect.objectContaining({ matter: 'JG-04', department: 'housing-construction' }),
    ]);
    const submitted = await county.server.post('/applications/store-GC-05/submission', 'demo-applicant', {});
    expect([submitted.status, submitted.body['code']]).toEqual([409, 'application.matter-struck']);
    expect(await eventsOf('store')).toEqual([
      'ProjectRegistered',
      'QuestionnaireAnswered',
      'QuestionnaireAnswered',
      'ProjectMatterStruck',
      'ProjectMatterStruck',
    ]);
    const forecast = await county.read('/projects/store/forecast', 'demo-applicant');
    expect(JSON.stringify(forecast)).not.toContain('GC-05');
  });

  test('3 is added again, and all that waited for it waits again', async () => {
    await county.project('barn', 'enterprise-filing');
    const before = await mattersOf('barn');
    await answer('barn', { 'civil-building': 'no' });
    for (const matter of ['GC-05', 'JG-04']) expect((await strike('barn', matter)).status).toBe(202);
    for (const matter of ['JG-04', 'GC-05']) {
      await county.done('/projects/barn/matter-addition', 'demo-applicant', {
        matter,
        reason: '改为民用建筑',
      });
    }
    const after = await mattersOf('barn');
    expect(after).toEqual({ ...before, 'JG-10': expect.arrayContaining([...(before['JG-10'] ?? [])]) });
    expect((await rowOf('barn'))['struck']).toBeUndefined();
    await county.done('/applications/barn-GC-05/submission', 'demo-applicant', {});
    expect(refusal(await strike('barn', 'GC-05'))[1]).toBe('project.matter-applied');
  });

  test('3 an application that runs no longer waits for what is struck after it', async () => {
    await county.project('yard', 'government-investment');
    await county.done('/applications/yard-SG-04/submission', 'demo-applicant', {});
    await county.done('/applications/yard-SG-04/acceptance', 'works-window');
    await county.review('yard-SG-04', 'works-window');
    const close = () =>
      county.server.post('/applications/yard-SG-04/closure', 'works-head', { outcome: '已办理' });
    expect((await close()).body['code']).toBe('application.prerequisites-not-granted');
    await answer('yard', { 'must-tender': 'no' });
    expect((await strike('yard', 'SG-03', 'works-window')).status).toBe(202);
    expect((await close()).status).toBe(202);
  });

  test('3 what the law asks of every such project is never struck, the construction permit but below the limit', async () => {
    await county.project('shop', 'small');
    for (const matter of ['JG-01', 'GC-01', 'JG-10']) {
      expect([matter, ...refusal(await strike('shop', matter, 'works-window'))]).toEqual([
        matter,
        409,
        'project.matter-mandatory',
        '优化营商环境条例 Art. 35',
      ]);
    }
    expect(refusal(await strike('shop', 'SG-05', 'works-window'))).toEqual([
      409,
      'project.matter-not-excluded',
      '建筑法 Art. 7',
    ]);
    await answer('shop', { 'below-limit': 'yes' });
    expect((await strike('shop', 'SG-05', 'works-window')).status).toBe(202);
    expect((await mattersOf('shop'))['JG-03']).toEqual([]);
  });

  test('3 neither the developer nor an office that has nothing to do with the project decides it', async () => {
    await county.project('kiln', 'enterprise-filing');
    await answer('kiln', { 'civil-building': 'no' });
    expect((await strike('kiln', 'GC-05', 'demo-applicant')).status).toBe(403);
    expect(refusal(await strike('kiln', 'GC-05', 'road-window'))).toEqual([
      403,
      'project.not-its-office',
      '行政许可法 Art. 22',
    ]);
  });
});

describe('a matter that the template did not open', () => {
  const add = (project: string, matter: string, as = 'demo-applicant') =>
    county.server.post(`/projects/${project}/matter-addition`, as, { matter, reason: '项目需要' });

  test('3 each of the catalogue can be added and applied for', async () => {
    await county.project('all', 'small');
    const present = Object.keys(await mattersOf('all'));
    const { items } = await county.read('/matters?limit=200', 'demo-applicant');
    const others = items.map(({ code }: Body) => code).filter((code: string) => !present.includes(code));
    expect(others.length).toBe(86 - 11);
    for (const code of others) {
      expect([code, (await add('all', code)).status]).toEqual([code, 202]);
      const path = `/applications/all-${code}/submission`;
      expect([code, (await county.server.post(path, 'demo-applicant', {})).status]).toEqual([code, 202]);
    }
    const { applications } = await rowOf('all');
    expect(applications.length).toBe(86);
    const of = (matter: string) => applications.find((one: Body) => one['matter'] === matter);
    expect([of('SG-17').stage, of('LX-10').stage, of('SF-01').stage]).toEqual([
      '施工许可',
      '立项用地规划许可',
      '市政公用服务',
    ]);
    // 森林法 Art. 37: forest land before the land; 消防法 Art. 12: the review before the works.
    const matters = await mattersOf('all');
    expect([matters['LX-08'], matters['SG-05'], matters['JG-02']]).toEqual([
      expect.arrayContaining(['LX-10']),
      expect.arrayContaining(['SG-02', 'SG-03']),
      ['SG-02'],
    ]);
  });

  test('3 once, by its developer or a window of the project, and only one that there is', async () => {
    await county.project('lane', 'small');
    expect(refusal(await add('lane', 'LX-06'))).toEqual([409, 'project.matter-there', undefined]);
    expect(refusal(await add('lane', 'ZZ-99'))).toEqual([422, 'project.matter-not-in-catalogue', undefined]);
    expect((await add('lane', 'SG-17', 'wang')).status).toBe(403);
    expect((await add('lane', 'SG-17', 'road-window')).status).toBe(403);
    expect((await add('lane', 'SG-17', 'works-window')).status).toBe(202);
    expect((await strike('lane', 'SG-17', 'works-window')).status).toBe(202);
  });
});

describe('the questionnaire', () => {
  const confirm = (project: string, body: object, as = 'works-window') =>
    county.server.post(`/projects/${project}/questionnaire-confirmation`, as, body);
  const proposal = async (project: string) => {
    const { proposal: found } = await county.read(`/projects/${project}/questionnaire`, 'demo-applicant');
    const codes = (list: readonly Body[]) => list.map(({ matter }) => matter);
    return [codes(found.add), codes(found.strike)];
  };

  test('3 proposes what to add and to strike, and a confirmation applies it', async () => {
    await county.project('cold', 'enterprise-filing');
    await answer('cold', {
      ...{ 'civil-building': 'no', 'eia-class': 'registration', 'erosion-area': 'no', highway: 'yes' },
      ...{ 'supervision-merged': 'yes', 'utilities-power': 'yes', 'special-works': 'no' },
    });
    const add = ['LX-15', 'SG-17', 'SF-03'];
    const out = ['LX-14', 'LX-17', 'GC-05', 'JG-04', 'SG-04'];
    expect(await proposal('cold')).toEqual([add, out]);
    expect(refusal(await confirm('cold', { add: ['LX-13'], strike: [] }))[1]).toBe(
      'project.matter-not-proposed',
    );
    expect((await confirm('cold', { add: [], strike: [] })).body['code']).toBe('project.nothing-confirmed');
    expect((await confirm('cold', { add, strike: out }, 'demo-applicant')).status).toBe(403);
    expect((await confirm('cold', { add, strike: out })).status).toBe(202);
    expect(await proposal('cold')).toEqual([[], []]);
    const matters = Object.keys(await mattersOf('cold'));
    expect(add.filter((code) => !matters.includes(code))).toEqual([]);
    expect(out.filter((code) => matters.includes(code))).toEqual([]);
    const types = await eventsOf('cold');
    expect(types.filter((type) => type === 'ProjectMatterAdded').length).toBe(add.length);
    expect(types.filter((type) => type === 'ProjectMatterStruck').length).toBe(out.length);
  });

  test('3 keeps other answers, and takes no answer that is none', async () => {
    await county.project('pond', 'small');
    await answer('pond', { river: 'yes' });
    await answer('pond', { forest: 'no' }, 'demo-window');
    const { answers } = await county.read('/projects/pond/questionnaire', 'demo-applicant');
    expect(answers).toEqual({ river: 'yes', forest: 'no' });
    for (const [question, given, code, field] of [
      ['weather', 'fine', 'project.unknown-question', 'answers[0].question'],
      ['river', 'maybe', 'project.not-an-answer', 'answers[0].answer'],
      ['site-area', '-3', 'project.not-an-answer', 'answers[0].answer'],
    ] as const) {
      const { status, body } = await county.server.post('/projects/pond/questionnaire', 'demo-applicant', {
        answers: [{ question, answer: given }],
      });
      expect([status, body['code'], body['params'].field]).toEqual([422, code, field]);
    }
  });

  test('3 can be read by everyone, with the condition of each matter', async () => {
    const { questions, matters } = await county.read('/questionnaire', 'wang');
    expect(questions.length).toBeGreaterThan(40);
    expect(matters.find(({ matter }: Body) => matter === 'GC-05')).toMatchObject({
      needed: { question: 'civil-building', is: ['yes'] },
      article: '人民防空法 Art. 22',
      verified: true,
    });
  });
});

test('D a rural planning permit is handed in at the township, and decided by the planning department', async () => {
  await county.account('town-window', 'window', 'xiaoshi');
  await county.project('barnyard', 'small');
  await county.done('/projects/barnyard/matter-addition', 'demo-applicant', {
    matter: 'GC-03',
    reason: '在村庄规划区内建设',
  });
  const path = '/applications/barnyard-GC-03';
  expect((await county.server.post(`${path}/submission`, 'road-window', {})).status).toBe(403);
  await county.done(`${path}/submission`, 'town-window', { materials: ['申请表'] });
  const { receivedBy, department } = await county.read('/matters/GC-03', 'demo-applicant');
  expect([receivedBy.map((one: Body) => one['department']), department]).toEqual([
    ['tianshifu', 'xiaoshi', 'jianchang', 'nandian'],
    'natural-resources',
  ]);
  expect((await county.server.post(`${path}/acceptance`, 'town-window')).status).toBe(403);
  await county.done(`${path}/acceptance`, 'demo-window');
  expect(
    (await county.server.post('/applications/barnyard-GC-02/submission', 'town-window', {})).status,
  ).toBe(403);
});

test('7 a matter says whether its materials are listed', async () => {
  const of = async (code: string) => {
    const { materialsListed, materialsNote } = await county.read(`/matters/${code}`, 'demo-applicant');
    return [materialsListed, materialsNote === null ? null : materialsNote.zh.includes('未核实')];
  };
  expect([await of('SG-05'), await of('GC-04')]).toEqual([
    [true, null],
    [false, true],
  ]);
});
