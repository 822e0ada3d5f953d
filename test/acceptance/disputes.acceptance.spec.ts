import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DISPUTE_RUNNER, DISPUTE_STREAM, type DisputeRunner } from '#libs/county/coordination';
import { RaiseJurisdictionDispute, RuleJurisdiction } from '#libs/county/coordination/http';
import { type Actor, type CommandMeta } from '#libs/engine/event-sourcing';
import { actor } from '#libs/engine/event-sourcing-testing';
import { Policies } from '#libs/shell/system';
import { type Body, TestServer } from '../e2e/server.js';
import { HandClock } from '../support/hand-clock.js';

let server: TestServer;
// Monday 2 March 2026, 09:00 in China; the fifth working day after it ends with 9 March.
const clock = new HandClock('2026-03-02T01:00:00.000Z');
beforeAll(async () => {
  server = await TestServer.start({ clock });
  for (const [name, department, role] of [
    ['water-head', 'water', 'department-head'],
    ['emergency-head', 'emergency', 'department-head'],
  ]) {
    const account = { id: name, displayName: name, role, department, post: '局长' };
    const opened = await server.post('/accounts', 'demo-admin', {
      ...account,
      password: 'a-long-enough-password',
    });
    expect(opened.status).toBe(201);
  }
});
afterAll(() => server.remove());

async function accepted(id: string): Promise<void> {
  await server.post('/projects', 'demo-applicant', { id, name: id, template: 'small' });
  await server.post(`/applications/${id}-LX-06/submission`, 'demo-applicant');
  await server.post(`/applications/${id}-LX-06/acceptance`, 'demo-window');
  await server.caughtUp();
}

const raise = (id: string, as: string, over: object = {}) =>
  server.post('/disputes', as, {
    id: `${id}-dispute`,
    application: `${id}-LX-06`,
    departments: ['water'],
    reason: '在河道管理范围内',
    ...over,
  });

function metaOf(commandId: string, by: Actor): CommandMeta {
  const now = new Date(clock.now()).toISOString();
  return {
    ...{ commandId, actor: by, onBehalfOf: null, occurredAt: now, now },
    ...{ correlationId: commandId, causationId: null, traceparent: null, expectedRevision: null },
  };
}

describe('a jurisdiction dispute', () => {
  test('2.4d the coordinator rules, the ruling binds, and all of the time is the government’s', async () => {
    await accepted('mill');
    await server.post('/applications/mill-LX-06/steps', 'demo-reviewer', { step: '审查' });
    await server.caughtUp();
    const before = await server.get('/applications/mill-LX-06', 'demo-head');
    clock.to('2026-03-03T01:00:00.000Z');
    const raised = await raise('mill', 'demo-head');
    expect([raised.status, raised.body.id]).toEqual([201, 'mill-dispute']);
    const disputed = await server.get(`/applications/mill-LX-06?after=${raised.body.position}`, 'demo-head');
    expect([disputed.body.holder, disputed.body.due]).toEqual([
      {
        ...{ party: 'inter-department', department: null, post: null, person: null },
        ...{ departmentName: null, departmentNameEn: null, displayName: null },
      },
      before.body.due,
    ]);

    const meanwhile = await server.post('/applications/mill-LX-06/approval', 'demo-head');
    expect([meanwhile.status, meanwhile.body.code, meanwhile.body.params]).toEqual([
      409,
      'application.in-dispute',
      { application: 'mill-LX-06', dispute: 'mill-dispute' },
    ]);
    for (const [as, stance] of [
      ['demo-head', 'declines'],
      ['water-head', 'claims'],
    ] as const) {
      const taken = await server.post('/disputes/mill-dispute/position', as, { stance, reason: '依水法' });
      expect(taken.status).toBe(202);
    }

    clock.to('2026-03-05T01:00:00.000Z');
    const ruling = await server.post('/disputes/mill-dispute/ruling', 'demo-campaign', {
      department: 'water',
      reason: '在河道管理范围内',
      article: '水法 Art. 38',
      catalogueNote: '临河项目的用地预审由水务局主办',
    });
    expect(ruling.status).toBe(202);
    const assigned = await server.get(
      `/applications/mill-LX-06?after=${ruling.body.position}`,
      'demo-leader',
    );
    expect([assigned.body.department, assigned.body.holder, assigned.body.due]).toEqual([
      'water',
      {
        ...{ party: 'department', department: 'water', post: null, person: null },
        ...{ departmentName: '水务局', departmentNameEn: 'Water Bureau', displayName: null },
      },
      before.body.due,
    ]);
    // Binding: only the water bureau has it now.
    expect(
      (await server.post('/applications/mill-LX-06/assignment', 'demo-head', { person: 'x' })).status,
    ).toBe(403);
    expect(
      (await server.post('/applications/mill-LX-06/assignment', 'water-head', { person: 'water-head' }))
        .status,
    ).toBe(202);

    await server.caughtUp();
    const { body } = await server.get('/reports/accountability?project=mill', 'demo-supervisor');
    const between = body.items.filter(({ party }: Body) => party === 'inter-department');
    expect(between.map(({ from, to, minutes }: Body) => [from, to, minutes])).toEqual([
      ['2026-03-03T01:00:00.000Z', '2026-03-05T01:00:00.000Z', 2880],
    ]);
    const applicants = body.items.filter(
      ({ party, from }: Body) => party === 'applicant' && from >= '2026-03-03',
    );
    expect(applicants).toEqual([]);
    const found = await server.get('/disputes?matter=LX-06', 'demo-head');
    expect(
      found.body.items.map(({ id, status, pending, overdue }: Body) => [id, status, pending, overdue]),
    ).toEqual([['mill-dispute', 'ruled', [], false]]);
    expect(found.body.items[0].ruling).toEqual({
      department: 'water',
      reason: '在河道管理范围内',
      article: '水法 Art. 38',
      catalogueNote: '临河项目的用地预审由水务局主办',
      by: 'demo-campaign',
      at: '2026-03-05T01:00:00.000Z',
      late: false,
    });
  });

  test('2.4d a ruling that is not made in five working days is overdue, and says that it was late', async () => {
    clock.to('2026-03-06T01:00:00.000Z');
    await accepted('dam');
    await raise('dam', 'demo-head');
    clock.to('2026-03-13T16:00:00.001Z');
    await server.caughtUp();
    const open = await server.get('/disputes?status=open', 'demo-leader');
    expect(open.body.items.map(({ id, overdue, rulingDueAt }: Body) => [id, overdue, rulingDueAt])).toEqual([
      ['dam-dispute', true, '2026-03-13T16:00:00.000Z'],
    ]);
    const ruling = await server.post('/disputes/dam-dispute/ruling', 'demo-leader', {
      department: 'natural-resources',
      reason: '属于用地事项',
      catalogueNote: '无',
    });
    const one = await server.get(`/disputes/dam-dispute?after=${ruling.body.position}`, 'demo-head');
    expect(one.body.ruling.late).toBe(true);
  });

  test('2.4d what is not lawful is refused with its reason, and nothing is stored', async () => {
    await accepted('inn');
    const before = await server.events();
    const refusals = [
      await raise('inn', 'water-head'),
      await raise('inn', 'demo-head', { departments: ['castle'] }),
      await raise('inn', 'demo-head', { application: 'inn-LX-07' }),
      await raise('inn', 'demo-head', { departments: [] }),
      await raise('inn', 'demo-applicant'),
      await server.post('/disputes/nothing/ruling', 'demo-leader', {
        department: 'water',
        reason: 'x',
        catalogueNote: 'x',
      }),
      await server.post('/disputes/mill-dispute/position', 'water-head', { stance: 'claims', reason: 'x' }),
      await server.post('/disputes/mill-dispute/ruling', 'demo-head', {
        department: 'water',
        reason: 'x',
        catalogueNote: 'x',
      }),
    ];
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'dispute.not-a-party'],
      [422, 'dispute.unknown-department'],
      [404, 'dispute.unknown-application'],
      [400, 'http.invalid-input'],
      [403, 'http.wrong-role'],
      [404, 'dispute.unknown'],
      [409, 'dispute.ruled-already'],
      [403, 'http.wrong-role'],
    ]);
    expect(await server.events()).toBe(before);
  });

  test('2.4d what a process left undone that died after the dispute was recorded is done by the follow-up, once', async () => {
    await accepted('kiln');
    const disputes = server.app.get<DisputeRunner>(DISPUTE_RUNNER, { strict: false });
    await disputes.run(
      `${DISPUTE_STREAM}kiln-dispute`,
      Object.assign(new RaiseJurisdictionDispute(), {
        id: 'kiln-dispute',
        application: 'kiln-LX-06',
        departments: ['water'],
        reason: '河道',
        meta: metaOf('half-done', actor('demo-head', 'department-head', 'natural-resources')),
      }),
      {
        standing: {
          project: 'kiln',
          matter: 'LX-06',
          department: 'natural-resources',
          holder: { party: 'department', department: 'natural-resources', post: null, person: null },
          stage: 'accepted',
          dispute: null,
        },
        unknown: [],
      },
    );
    await server.caughtUp();
    const policies = server.app.get(Policies);
    const pending = async () => (await server.get('/disputes/kiln-dispute', 'demo-leader')).body.pending;
    // For a minute it is left to the process that recorded it.
    clock.time += 60_000;
    await policies.catchUp();
    await server.caughtUp();
    expect(await pending()).toEqual(['held']);
    clock.time += 1;
    await policies.catchUp();
    await policies.catchUp();
    await server.caughtUp();
    const { body } = await server.get('/applications/kiln-LX-06', 'demo-leader');
    expect([body.holder.party, body.revision]).toEqual(['inter-department', '2']);
    expect(await pending()).toEqual([]);
    expect(policies.status().flatMap(({ faults }) => faults)).toEqual([]);
  });

  test('2.4d a ruling whose process died is put into effect by the follow-up: assigned, and noted in the catalogue', async () => {
    const disputes = server.app.get<DisputeRunner>(DISPUTE_RUNNER, { strict: false });
    await disputes.run(
      `${DISPUTE_STREAM}kiln-dispute`,
      Object.assign(new RuleJurisdiction(), {
        id: 'kiln-dispute',
        department: 'water',
        reason: '河道',
        catalogueNote: '河道内的窑由水务局主办',
        meta: metaOf('ruled-and-died', actor('demo-campaign', 'campaign-office')),
      }),
    );
    await server.caughtUp();
    const dispute = async () => (await server.get('/disputes/kiln-dispute', 'demo-leader')).body;
    expect((await dispute()).pending).toEqual(['assigned', 'noted']);
    const policies = server.app.get(Policies);
    clock.time += 60_001;
    await policies.catchUp();
    await policies.catchUp();
    await server.caughtUp();
    expect((await dispute()).pending).toEqual([]);
    expect((await server.get('/applications/kiln-LX-06', 'demo-leader')).body.department).toBe('water');
    expect(policies.status().flatMap(({ faults }) => faults)).toEqual([]);
  });

  test('2.4d every ruling is noted in the catalogue’s entry of the matter and in the version it was made under', async () => {
    const notes = (body: Body) =>
      body.notes.map(({ dispute, department, article, note, by }: Body) => [
        dispute,
        department,
        article,
        note,
        by.person,
      ]);
    const made = [
      ['mill-dispute', 'water', '水法 Art. 38', '临河项目的用地预审由水务局主办', 'demo-campaign'],
      ['dam-dispute', 'natural-resources', null, '无', 'demo-leader'],
      ['kiln-dispute', 'water', null, '河道内的窑由水务局主办', 'dispute-follow-up'],
    ];
    const matter = (await server.get('/matters/LX-06', 'demo-applicant')).body;
    expect([matter.matterVersion, matter.department, notes(matter)]).toEqual([1, 'natural-resources', made]);
    expect(matter.notes[0]).toEqual({
      dispute: 'mill-dispute',
      application: 'mill-LX-06',
      department: 'water',
      article: '水法 Art. 38',
      note: '临河项目的用地预审由水务局主办',
      by: expect.objectContaining({ person: 'demo-campaign', role: 'campaign-office' }),
      at: '2026-03-05T01:00:00.000Z',
    });

    // A note is not a version: the next one is still the second, and keeps what was ruled before.
    const challenged = await server.post('/challenges', 'demo-applicant', {
      id: 'review',
      matter: 'LX-06',
      condition: { kind: 'step', name: '审查' },
      reason: '重复审查',
    });
    expect(challenged.status).toBe(201);
    const basis = { reason: '并入受理', article: '优化营商环境条例 Art. 35' };
    await server.post('/challenges/review/withdrawal', 'demo-head', basis);
    const withdrawn = await server.post('/challenges/review/withdrawal-confirmation', 'demo-leader', {});
    const after = `after=${withdrawn.body.position}`;
    const challenge = (await server.get(`/challenges/review?${after}`, 'demo-applicant')).body;
    expect(challenge.end.matterVersion).toBe(2);
    const revised = (await server.get(`/matters/LX-06?${after}`, 'demo-applicant')).body;
    expect([revised.matterVersion, notes(revised)]).toEqual([2, made]);
    const { items } = (await server.get('/matters/LX-06/versions', 'demo-leader')).body;
    expect(items.map((item: Body) => [item.version, notes(item)])).toEqual([
      [1, made],
      [2, []],
    ]);
  });

  test('T5 a ruling on an application that ended in the meantime has no effect, which is recorded once, in the same request', async () => {
    await accepted('oven');
    expect((await raise('oven', 'demo-head')).status).toBe(201);
    const withdrawn = await server.post('/applications/oven-LX-06/withdrawal', 'demo-applicant', {
      reason: '项目取消',
    });
    expect(withdrawn.status).toBe(202);
    const ruled = await server.post('/disputes/oven-dispute/ruling', 'demo-campaign', {
      department: 'water',
      reason: '河道',
      catalogueNote: '河道内的炉由水务局主办',
    });
    expect(ruled.status).toBe(202);
    const dispute = async () => (await server.get('/disputes/oven-dispute', 'demo-leader')).body;
    const lapsed = await server.get(`/disputes/oven-dispute?after=${ruled.body.position}`, 'demo-leader');
    expect([lapsed.body.status, lapsed.body.pending]).toEqual(['ruled', []]);
    const policies = server.app.get(Policies);
    clock.time += 60_001;
    await policies.catchUp();
    await policies.catchUp();
    await server.caughtUp();
    expect(await dispute()).toEqual(
      expect.objectContaining({ status: 'ruled', pending: [], pendingSince: null }),
    );
    const { items } = (await server.get('/audit?stream=dispute-oven-dispute', 'demo-supervisor')).body;
    expect(items.map(({ type }: Body) => type)).toEqual([
      'DisputeEffectLapsed',
      'JurisdictionRuled',
      'JurisdictionDisputeRaised',
    ]);
    expect((await server.get('/applications/oven-LX-06', 'demo-leader')).body.department).toBe(
      'natural-resources',
    );
    expect(policies.status().flatMap(({ faults }) => faults)).toEqual([]);
  });
});
