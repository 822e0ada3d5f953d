import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type MatterDefinition, rankCompression } from '#libs/law/catalogue';
import { type Answer, type Body, TestServer } from '../e2e/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.remove());

const refusal = ({ status, body }: Answer) => [status, body['code'], body['article']];

const MATTER = {
  name: '临时占用绿地审批',
  nameEn: 'Temporary use of green space',
  kind: 'licence',
  department: 'urban-management',
  legalBasis: [{ law: '城市绿化条例', article: 'Art. 19', verified: true }],
  statutory: { days: 20, unit: 'working-day', start: 'acceptance' },
  promised: { days: 10, unit: 'working-day', start: 'acceptance' },
  limitsVerified: true,
  materials: [
    { name: '申请书', key: true, basis: '城市绿化条例 Art. 19' },
    { name: '恢复方案', key: false, basis: '城市绿化条例 Art. 19' },
  ],
  steps: ['受理', '踏勘', '审查', '决定'],
  effectiveFrom: '2020-01-01',
};
const publish = (id: string, over: object = {}) =>
  server.post('/matters', 'demo-admin', { id, ...MATTER, ...over });
const revise = (id: string, over: object, as = 'demo-admin') =>
  server.post(`/matters/${id}/revision`, as, { ...MATTER, ...over });

describe('the catalogue', () => {
  test('2.2b a licence, a material or a revision without law and article cannot be published', async () => {
    const events = await server.events();
    const answers = [
      await publish('TS-01', { legalBasis: [] }),
      await publish('TS-01', { legalBasis: [{ law: '城市绿化条例', article: '', verified: true }] }),
      await publish('TS-01', { materials: [{ name: '户口本', key: false, basis: '' }] }),
      await revise('SG-05', { legalBasis: [], reason: '改' }),
    ];
    expect(answers.map(refusal)).toEqual([
      [422, 'matter.no-legal-basis', '行政许可法 Art. 4'],
      [422, 'matter.no-legal-basis', '行政许可法 Art. 4'],
      [422, 'matter.material-without-basis', '行政许可法 Art. 31'],
      [422, 'matter.no-legal-basis', '行政许可法 Art. 4'],
    ]);
    expect(await server.events()).toBe(events);
  });

  test('7 2.2b a matter abolished by two persons stays in the register with who abolished it and why', async () => {
    await publish('TS-02');
    const reason = '没有法定依据，予以取缔';
    const article = '优化营商环境条例 Art. 35';
    expect((await server.post('/matters/TS-02/abolition', 'demo-admin', { reason, article })).status).toBe(
      202,
    );
    await server.caughtUp();
    expect((await server.get('/abolished-matters', 'demo-applicant')).body['items']).toEqual([]);
    const confirm = (as: string) => server.post('/matters/TS-02/abolition-confirmation', as);
    expect(refusal(await confirm('demo-admin')).slice(0, 2)).toEqual([403, 'matter.abolition-by-one']);
    expect((await confirm('demo-campaign')).status).toBe(202);
    await server.caughtUp();
    const register = await server.get('/abolished-matters', 'demo-applicant');
    expect([register.status, register.body['items'].length]).toEqual([200, 1]);
    expect(register.body['items'][0]).toMatchObject({
      code: 'TS-02',
      status: 'abolished',
      reason,
      changedBy: {
        person: 'demo-campaign',
        post: '专班',
        department: 'campaign-office',
        role: 'campaign-office',
      },
    });
    expect(refusal(await publish('TS-02'))).toEqual([409, 'matter.abolished', undefined]);
  });

  test('2.2e a promise longer than the law gives is refused', async () => {
    const promised = { days: 21, unit: 'working-day', start: 'acceptance' };
    expect(refusal(await publish('TS-03', { promised }))).toEqual([
      422,
      'matter.promise-over-statutory',
      '优化营商环境条例 Art. 36',
    ]);
  });

  test('2.2e matters rank by the part of the statutory term they save, as the events have it', async () => {
    await server.caughtUp();
    const { status, body } = await server.get('/compression', 'demo-leader');
    const latest = new Map<string, MatterDefinition>();
    for await (const event of server.system.eventStore.readAll(null)) {
      if (event.type === 'MatterAbolished') latest.delete((event.data as Body).code);
      if (!['MatterPublished', 'MatterRevised'].includes(event.type)) continue;
      const { matter } = event.data as Body;
      latest.set(matter.code, matter);
    }
    const { asOf, basis: _, ...ranking } = body;
    expect([status, asOf.lagMs, ranking]).toEqual([200, 0, rankCompression([...latest.values()])]);
    const works = body['items'].find(({ matter }: Body) => matter === 'GC-02');
    expect([works.statutory.days, works.promised.days, works.rate]).toEqual([
      works.statutory.days,
      works.promised.days,
      Math.round((1 - works.promised.days / works.statutory.days) * 10_000) / 10_000,
    ]);
  });

  test('1.5 a version with one step fewer shows -1 and names who removed it', async () => {
    await publish('TS-04');
    const reason = '踏勘并入审查';
    const leaner = { steps: ['受理', '审查', '决定'], reason };
    expect(refusal(await revise('TS-04', leaner, 'demo-admin'))).toEqual([
      422,
      'matter.lighter-without-article',
      undefined,
    ]);
    await revise('TS-04', { ...leaner, article: '优化营商环境条例 Art. 35' }, 'demo-admin');
    await server.caughtUp();
    const waits = await server.get('/matters/TS-04', 'demo-leader');
    expect([waits.body['steps'], waits.body['revisionProposed']]).toEqual([
      ['受理', '踏勘', '审查', '决定'],
      {
        by: expect.objectContaining({ role: 'admin' }),
        at: expect.stringMatching(/Z$/),
        reason,
        article: '优化营商环境条例 Art. 35',
        matter: expect.objectContaining({ code: 'TS-04', steps: leaner.steps }),
      },
    ]);
    const confirm = (as: string) => server.post('/matters/TS-04/revision-confirmation', as, {});
    expect(refusal(await confirm('demo-admin')).slice(0, 2)).toEqual([403, 'matter.revision-by-one']);
    expect((await confirm('demo-campaign')).status).toBe(202);
    const { status, body } = await server.get('/matters/TS-04/comparison?from=1&to=2', 'demo-leader');
    expect([status, body]).toEqual([
      200,
      {
        from: 1,
        to: 2,
        cut: [
          {
            kind: 'step',
            name: '踏勘',
            version: 2,
            by: {
              person: 'demo-campaign',
              post: '专班',
              department: 'campaign-office',
              role: 'campaign-office',
            },
            proposedBy: 'demo-admin',
            at: expect.stringMatching(/Z$/),
            reason,
          },
        ],
        added: [],
        changed: [],
        delta: { step: -1 },
      },
    ]);
    const versions = await server.get('/matters/TS-04/versions', 'demo-leader');
    expect(versions.body['items'].map(({ version, by }: Body) => [version, by.person, by.role])).toEqual([
      [1, 'demo-admin', 'admin'],
      [2, 'demo-campaign', 'campaign-office'],
    ]);
    expect((await server.get('/matters/TS-04/comparison?from=1&to=3', 'demo-leader')).status).toBe(404);
    expect((await server.get('/matters/TS-04/comparison?from=0', 'demo-leader')).status).toBe(400);
    expect((await server.get('/matters/none/versions', 'demo-leader')).status).toBe(404);
  });
});

describe('the validity of a version', () => {
  test('2.2e a shorter promise that begins later changes nothing for what is submitted before', async () => {
    await publish('TS-10');
    await server.post('/templates', 'demo-admin', {
      id: 'validity',
      name: '有效期',
      nameEn: 'Validity',
      stages: [{ name: '施工许可', lead: null, matters: [{ code: 'TS-10', prerequisites: [] }] }],
    });
    const promised = { days: 3, unit: 'working-day', start: 'acceptance' };
    const later = await revise('TS-10', { promised, effectiveFrom: '2199-01-01', reason: '压缩时限' });
    expect(later.status).toBe(202);
    await server.post('/projects', 'demo-applicant', { id: 'v1', name: 'v1', template: 'validity' });
    const submitted = await server.post('/applications/v1-TS-10/submission', 'demo-applicant');
    expect(submitted.status).toBe(202);
    const types = [];
    for await (const { type, data } of server.system.eventStore.readStream('application-v1-TS-10', 0n)) {
      const { matterVersion, terms } = data as Body;
      types.push([type, matterVersion, terms.promised]);
    }
    expect(types).toEqual([['ApplicationSubmitted', 1, MATTER.promised]]);
  });

  test('2.2e a version may not begin before the one it replaces', async () => {
    const overlapping = await revise('TS-10', { effectiveFrom: '2019-01-01', reason: '倒签' });
    expect(refusal(overlapping)).toEqual([422, 'matter.validity-overlaps', undefined]);
  });

  test('2.2e before its first day a matter is required of no project', async () => {
    await publish('TS-11', { effectiveFrom: '2199-01-01' });
    await server.post('/templates', 'demo-admin', {
      id: 'future',
      name: '将来',
      nameEn: 'Future',
      stages: [{ name: '施工许可', lead: null, matters: [{ code: 'TS-11', prerequisites: [] }] }],
    });
    await server.post('/projects', 'demo-applicant', { id: 'v2', name: 'v2', template: 'future' });
    const answer = await server.post('/applications/v2-TS-11/submission', 'demo-applicant');
    expect(refusal(answer)).toEqual([409, 'application.matter-not-in-force', '行政许可法 Art. 5']);
  });
});

describe('a process template', () => {
  const stages = (...second: readonly object[]) => [
    { name: '立项用地规划许可', lead: 'natural-resources', matters: [{ code: 'TS-05', prerequisites: [] }] },
    { name: '施工许可', lead: 'housing-construction', matters: second },
  ];

  beforeAll(async () => {
    await publish('TS-05', { promised: { days: 5, unit: 'working-day', start: 'acceptance' } });
    await publish('TS-06', {
      department: 'water',
      promised: { days: 7, unit: 'working-day', start: 'acceptance' },
    });
    await publish('TS-07', { limitsVerified: false });
    await server.post('/templates', 'demo-admin', {
      id: 'trial',
      name: '试行流程',
      nameEn: 'Trial',
      stages: stages(
        { code: 'TS-06', prerequisites: ['TS-05'] },
        { code: 'TS-07', prerequisites: ['TS-06'] },
      ),
    });
  });

  test('2.3h its critical path is the longest chain of prerequisites, in working days', async () => {
    const { status, body } = await server.get('/templates/trial/analysis', 'demo-applicant');
    expect([status, body]).toEqual([
      200,
      {
        code: 'trial',
        version: 1,
        criticalPath: { matters: ['TS-05', 'TS-06', 'TS-07'], workingDays: 22 },
        matters: 3,
        steps: 12,
        materials: 6,
        departments: 2,
        stages: [
          {
            name: '立项用地规划许可',
            lead: 'natural-resources',
            parallelGroups: [['TS-05']],
            steps: 4,
            materials: 2,
          },
          {
            name: '施工许可',
            lead: 'housing-construction',
            parallelGroups: [['TS-06'], ['TS-07']],
            steps: 8,
            materials: 4,
          },
        ],
        withoutLimit: [],
        unverified: ['TS-07'],
        converted: [],
      },
    ]);
  });

  test('1.5 a leaner version shows what was cut, by whom, and the days it saves', async () => {
    await server.post('/templates/trial/revision', 'demo-admin', {
      name: '试行流程',
      nameEn: 'Trial',
      stages: stages(
        { code: 'TS-06', prerequisites: ['TS-05'] },
        { code: 'TS-07', prerequisites: ['TS-05'] },
      ),
      reason: '并联审批',
      article: '优化营商环境条例 Art. 35',
    });
    await server.post('/templates/trial/revision-confirmation', 'demo-leader', {});
    // What a matter becomes later is not what the first version was.
    await revise('TS-05', {
      promised: { days: 1, unit: 'working-day', start: 'acceptance' },
      reason: '压缩时限',
    });
    const { status, body } = await server.get('/templates/trial/comparison?from=1&to=2', 'demo-leader');
    const by = expect.objectContaining({ person: 'demo-leader', role: 'leader' });
    const proposed = { version: 2, by, proposedBy: 'demo-admin' };
    const attributed = { ...proposed, at: expect.stringMatching(/Z$/), reason: '并联审批' };
    expect(status).toBe(200);
    expect({ ...body, before: body['before'].criticalPath, after: body['after'].criticalPath }).toEqual({
      from: 1,
      to: 2,
      cut: [{ kind: 'prerequisite', name: 'TS-06 -> TS-07', ...attributed }],
      added: [{ kind: 'prerequisite', name: 'TS-05 -> TS-07', ...attributed }],
      changed: [],
      delta: {},
      before: { matters: ['TS-05', 'TS-06', 'TS-07'], workingDays: 22 },
      after: { matters: ['TS-05', 'TS-07'], workingDays: 11 },
    });
    expect(body['after'].stages[1].parallelGroups).toEqual([['TS-06', 'TS-07']]);
  });

  test('2.3h every template of the county has a critical path, and says what of it is unverified', async () => {
    for (const code of ['government-investment', 'enterprise-approval', 'enterprise-filing', 'small']) {
      const { status, body } = await server.get(`/templates/${code}/analysis`, 'demo-leader');
      expect([code, status]).toEqual([code, 200]);
      expect(body['criticalPath'].workingDays).toBeGreaterThan(0);
      expect(body['unverified'].length).toBeGreaterThan(0);
    }
  });
});
