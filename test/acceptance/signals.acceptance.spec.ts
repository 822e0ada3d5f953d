import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { ApproveApplication, RecordStep } from '#libs/county/approval/http';
import { type Actor, type Receipt, type StoredEvent } from '#libs/engine/event-sourcing';
import { type HttpCommand } from '#libs/shell/nest';
import { Policies } from '#libs/shell/system';
import { type Body, TestServer } from '../e2e/server.js';
import { publishChain } from '../support/chain-template.js';
import { handIn } from '../support/materials.js';

/** A server whose clock stands where the test puts it. */
class MovableClock {
  constructor(public at: string) {}

  now(): number {
    return Date.parse(this.at);
  }
}

let server: TestServer;
const clock = new MovableClock('2026-03-02T01:00:00.000Z');
beforeAll(async () => {
  server = await TestServer.start({ clock });
  await publishChain(server);
  for (const [name, department, role, post] of [
    ['water-reviewer', 'water', 'reviewer', '审查'],
    ['water-head', 'water', 'department-head', '局长'],
  ]) {
    const opened = await server.post('/accounts', 'demo-admin', {
      id: name,
      displayName: name,
      role,
      department,
      post,
      password: 'a-long-enough-password',
    });
    expect([opened.status, opened.body]).toEqual([201, expect.anything()]);
  }
});
afterAll(() => server.remove());

const act = async (path: string, as: string, body: object = {}) => {
  const answer = await server.post(`/applications/${path}`, as, body);
  if (answer.status !== 202) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body.position as string;
};

/** Registers a project whose first application is with its reviewer. */
async function underReview(id: string): Promise<void> {
  await server.post('/projects', 'demo-applicant', { id, name: id, template: 'chain' });
  await handIn(server, `${id}-LX-06`);
  await act(`${id}-LX-06/acceptance`, 'demo-window');
  await act(`${id}-LX-06/assignment`, 'demo-head', { person: 'demo-reviewer', post: '审查' });
}

async function streamOf(application: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const event of server.system.eventStore.readStream(`application-${application}`))
    events.push(event);
  return events;
}

const signalsOf = async (project: string, after: string) =>
  (await server.get(`/reports/signals?project=${project}&after=${after}`, 'demo-supervisor')).body
    .items as Body[];

/** Each signal with the types of the events it rests on, which must all be in the log. */
async function traced(items: readonly Body[], application: string) {
  const types = new Map((await streamOf(application)).map(({ id, type }) => [id, type]));
  return items.map(({ signal, evidence }) => [signal, evidence.map((id: string) => types.get(id))]);
}

describe('signals', () => {
  test('1.6 a case that goes A, B, A, B yields one BuckPassingDetected with the four event ids', async () => {
    await underReview('mill');
    const there = { department: 'water', reason: '在河道管理范围内' };
    const back = { department: 'natural-resources', reason: '属于用地事项' };
    await act('mill-LX-06/transfer', 'demo-reviewer', there);
    await act('mill-LX-06/transfer', 'water-reviewer', back);
    const position = await act('mill-LX-06/transfer', 'demo-reviewer', there);
    const events = await streamOf('mill-LX-06');
    const moves = events.filter(({ type }) => type === 'ApplicationTransferred');
    const detected = events.filter(({ type }) => type === 'BuckPassingDetected');
    expect(detected.map(({ data }) => data)).toEqual([
      {
        application: 'mill-LX-06',
        project: 'mill',
        department: 'natural-resources',
        evidence: [events[0], ...moves].map((event) => event?.id),
        article: null,
        departments: ['natural-resources', 'water'],
      },
    ]);
    const [item, ...more] = await signalsOf('mill', position);
    expect(more).toEqual([]);
    expect(item).toEqual({
      id: `${detected[0]?.position}`.padStart(20, '0'),
      event: detected[0]?.id,
      signal: 'BuckPassingDetected',
      signalZh: '推诿扯皮',
      project: 'mill',
      application: 'mill-LX-06',
      department: 'natural-resources',
      person: 'demo-reviewer',
      article: null,
      evidence: (detected[0]?.data as Body).evidence,
      occurredAt: clock.at,
      recordedAt: clock.at,
      position: `${detected[0]?.position}`,
      details: { departments: ['natural-resources', 'water'] },
    });
    // Once more there and back is the beginning of the next cycle, not another of the same.
    const last = await act('mill-LX-06/transfer', 'water-reviewer', back);
    expect(await signalsOf('mill', last)).toHaveLength(1);
  });

  test('3.3f a second supplement, a return without an article, and the same reason twice leave their evidence', async () => {
    await server.post('/projects', 'demo-applicant', { id: 'dam', name: 'dam', template: 'small' });
    await act('dam-LX-06/submission', 'demo-applicant');
    for (const material of ['宗地图', '红线图']) {
      await act('dam-LX-06/supplement-request', 'demo-window', { items: [{ material, reason: '缺少签章' }] });
      await act('dam-LX-06/supplement', 'demo-applicant');
    }
    await act('dam-LX-06/acceptance', 'demo-window');
    await act('dam-LX-06/return', 'demo-reviewer', { reason: '请完善材料' });
    await act('dam-LX-06/submission', 'demo-applicant');
    const position = await act('dam-LX-06/return', 'demo-reviewer', {
      reason: '请 完善材料。',
      article: '土地管理法 Art. 52',
    });
    const items = await signalsOf('dam', position);
    expect((await traced(items, 'dam-LX-06')).sort()).toEqual([
      ['RepeatedSupplementFlagged', ['SupplementRequested', 'SupplementRequested']],
      ['ReturnWithoutArticleFlagged', ['ApplicationReturned']],
      ['SameReasonFlagged', ['ApplicationReturned', 'ApplicationReturned']],
    ]);
  });

  test('2.2b a supplement request that names a material outside the catalogue raises a signal, and is not barred', async () => {
    const found = await server.get('/matters/LX-06', 'demo-admin');
    const { id: _, version: __, ...matter } = found.body;
    const revised = await server.post('/matters/LX-06/revision', 'demo-admin', {
      ...Object.fromEntries(
        Object.entries(matter).filter(([field]) =>
          [
            'name',
            'nameEn',
            'kind',
            'department',
            'legalBasis',
            'statutory',
            'promised',
            'limitsVerified',
            'steps',
            'effectiveFrom',
          ].includes(field),
        ),
      ),
      materials: [{ name: '用地预审申请表', key: true, basis: '土地管理法 Art. 52' }],
      reason: '列明材料清单',
    });
    expect([revised.status, revised.body.errors]).toEqual([202, undefined]);
    await server.post('/projects', 'demo-applicant', { id: 'inn', name: 'inn', template: 'small' });
    await act('inn-LX-06/submission', 'demo-applicant');
    const position = await act('inn-LX-06/supplement-request', 'demo-window', {
      items: [
        { material: '用地预审申请表', reason: '缺少签章' },
        { material: '法人户口簿', reason: '核对身份' },
      ],
    });
    const items = await signalsOf('inn', position);
    expect(await traced(items, 'inn-LX-06')).toEqual([
      ['NonCatalogueMaterialFlagged', ['SupplementRequested']],
    ]);
    expect([items[0]?.article, items[0]?.details]).toEqual([
      '行政许可法 Art. 31',
      { materials: ['法人户口簿'] },
    ]);
  });

  test('1.7 an idle holder is flagged once, however often the policy looks, with the last thing that was done', async () => {
    await underReview('kiln');
    clock.at = '2026-03-17T01:00:00.000Z';
    await server.caughtUp();
    const policies = server.app.get(Policies);
    await policies.catchUp();
    await policies.catchUp();
    await server.caughtUp();
    const items = await signalsOf('kiln', `${await server.system.eventStore.lastPosition()}`);
    expect(await traced(items, 'kiln-LX-06')).toEqual([['IdleHolderFlagged', ['ReviewerAssigned']]]);
    expect(items[0]?.details).toEqual({
      holder: { party: 'department', department: 'natural-resources', post: '审查', person: 'demo-reviewer' },
      since: '2026-03-02T01:00:00.000Z',
      workingDays: 11,
    });
    const stalled = await server.get('/reports/stalled', 'demo-supervisor');
    const item = stalled.body.items.find(({ project }: Body) => project === 'kiln');
    expect([item.cause, item.workingDays]).toEqual(['reviewer-idle', 11]);
    const health = await server.get('/health/ready');
    expect(health.body.policies.map(({ name, faults }: Body) => [name, faults])).toContainEqual([
      'idle-holders',
      [],
    ]);
  });

  test('3.3f work typed in late, and an approval said to come before its prerequisite, are flagged', async () => {
    await underReview('barn');
    const head: Actor = {
      person: 'demo-head',
      post: '局长',
      department: 'natural-resources',
      role: 'department-head',
    };
    const typedIn = (command: HttpCommand, id: string, occurredAt: string, actor = head) => {
      command.id = id;
      command.meta = {
        commandId: `late/${id}/${command.type}`,
        actor,
        onBehalfOf: null,
        occurredAt,
        now: clock.at,
        correlationId: 'late',
        causationId: null,
        traceparent: null,
        expectedRevision: null,
      };
      return server.app.get(CommandBus).execute<Receipt>(command);
    };
    await handIn(server, 'barn-LX-07');
    await act('barn-LX-07/acceptance', 'demo-window');
    clock.at = '2026-03-20T01:00:00.000Z';
    await act('barn-LX-06/steps', 'demo-reviewer', { step: '审查' });
    await act('barn-LX-06/approval', 'demo-head');
    clock.at = '2026-03-30T01:00:00.000Z';
    await typedIn(
      Object.assign(new RecordStep(), { step: '踏勘', source: null }),
      'barn-LX-07',
      '2026-03-18T01:00:00.000Z',
      { ...head, person: 'demo-reviewer', role: 'reviewer' },
    );
    const { position } = await typedIn(new ApproveApplication(), 'barn-LX-07', '2026-03-19T01:00:00.000Z');
    const items = await signalsOf('barn', `${position}`);
    expect((await traced(items, 'barn-LX-07')).sort()).toEqual([
      ['ApprovalBeforePrerequisiteFlagged', ['ApplicationApproved']],
      ['BackEntryFlagged', ['ApplicationApproved']],
      ['BackEntryFlagged', ['StepRecorded']],
    ]);
  });

  test('3.3f the list is for supervisors, by kind and department, the latest first', async () => {
    const all = await server.get('/reports/signals?limit=1000', 'demo-supervisor');
    const times = all.body.items.map(({ recordedAt }: Body) => recordedAt);
    expect(times).toEqual([...times].sort().reverse());
    const back = await server.get('/reports/signals?signal=BackEntryFlagged', 'demo-leader');
    expect(back.body.items.map(({ project }: Body) => project)).toEqual(['barn', 'barn']);
    const water = await server.get('/reports/signals?department=water', 'demo-supervisor');
    expect(water.body.items).toEqual([]);
    expect((await server.get('/reports/signals', 'demo-head')).status).toBe(403);
    const bad = await server.get('/reports/signals?signal=Bribery', 'demo-supervisor');
    expect([bad.status, bad.body.errors.map(({ field }: Body) => field)]).toEqual([400, ['signal']]);
  });
});
