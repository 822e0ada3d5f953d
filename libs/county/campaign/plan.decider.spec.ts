import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { actor, type CommandWithFacts, deciderSpec, recorded } from '#libs/engine/event-sourcing-testing';
import { type PlanCommand } from './plan.commands.js';
import { planDecider } from './plan.decider.js';
import { type PlanEvent, type PlanTask } from './plan.events.js';
import { plans } from './plan.projection.js';
import { viewOf } from './plan.query.js';
import { type Doing, type FoundProof, type Proof } from './proof.js';

// The commands are given at 10:00 in China on Tuesday 24 November 2026.
const NOW = '2026-11-24T02:00:00.000Z';
const officer = actor('demo-campaign', 'campaign-office', 'campaign-office', '专班');
const head = actor('demo-head', 'department-head', 'natural-resources', '局长');
const spec = deciderSpec(planDecider, {
  meta: { actor: officer },
  facts: { PublishPlan: ['unknown'], RevisePlan: ['unknown'], DischargeTask: ['found'] },
});

const task = (name: string, department: string, dueOn: string, dueAt: string): PlanTask => ({
  ...{ task: name, title: `任务 ${name}`, department, dueOn, dueAt },
});
const T1 = task('t1', 'natural-resources', '2026-11-30', '2026-11-30T16:00:00.000Z');
const T2 = task('t2', 'water', '2026-12-31', '2026-12-31T16:00:00.000Z');
const T3 = task('t3', 'water', '2027-01-31', '2027-01-31T16:00:00.000Z');
const written = (...tasks: readonly PlanTask[]) => tasks.map(({ dueAt: _, ...body }) => body);

const publish = (...tasks: readonly PlanTask[]): CommandWithFacts<PlanCommand> => ({
  ...{ type: 'PublishPlan', id: 'plan-4', title: '审批攻坚实施方案', unknown: [] },
  tasks: written(...tasks),
});
const revise = (...tasks: readonly PlanTask[]): CommandWithFacts<PlanCommand> => ({
  ...{ type: 'RevisePlan', id: 'plan-4', title: '审批攻坚实施方案', reason: '增加任务', unknown: [] },
  tasks: written(...tasks),
});
const published = (planVersion: number, ...tasks: readonly PlanTask[]): PlanEvent => ({
  type: 'PlanPublished',
  version: 1,
  data: {
    ...{ plan: 'plan-4', planVersion, title: '审批攻坚实施方案', summary: null, tasks },
    reason: planVersion === 1 ? null : '增加任务',
  },
});
const proof = (event: string, occurredAt = '2026-11-25T02:00:00.000Z'): Proof => ({
  ...{ stream: 'application-mill-LX-06', revision: '4', event, type: 'ApplicationApproved', occurredAt },
});
const OWN: Doing = { role: 'department-head', by: 'natural-resources', of: 'natural-resources' };
const found = (one: Proof, doing: Doing): FoundProof => ({
  ...{ reference: `${one.stream}@${one.revision}`, proof: one, doing },
});
const lookedUp = (...proofs: readonly Proof[]): readonly FoundProof[] => proofs.map((one) => found(one, OWN));
type Discharge = Extract<CommandWithFacts<PlanCommand>, { type: 'DischargeTask' }>;
const discharge = (
  found: readonly FoundProof[],
  over: Partial<Discharge> = {},
): CommandWithFacts<PlanCommand> => ({
  ...{ type: 'DischargeTask', id: 'plan-4', task: 't1', events: [], found },
  ...over,
});
const discharged = (evidence: readonly Proof[], late = false, planVersion = 1): PlanEvent => ({
  type: 'TaskDischarged',
  version: 1,
  data: {
    ...{ plan: 'plan-4', planVersion, task: 't1', department: 'natural-resources' },
    ...{ evidence, late, note: null },
  },
});

describe('a plan', () => {
  test('is published once, and then version after version, whole', () => {
    spec
      .given()
      .when(publish(T1, T2))
      .then(published(1, T1, T2));
    spec.given(published(1, T1)).when(publish(T1)).refused('plan.exists', { plan: 'plan-4' }, null, 'state');
    spec
      .given(published(1, T1, T2))
      .when(revise(T1, T3))
      .then(published(2, T1, T3));
    spec.given(published(1, T1), published(2, T2)).when(revise(T3)).then(published(3, T3));
    spec.given(published(1, T1)).when(revise(T1)).nothing();
    spec.given().when(revise(T1)).refused('plan.unknown', { plan: 'plan-4' }, null, 'absent');
  });

  test('names each task once, an existing owner and a day that exists', () => {
    for (const command of [publish(T1, T2, T1), revise(T1, T2, T1)]) {
      const history = command.type === 'RevisePlan' ? [published(1, T2)] : [];
      spec
        .given(...history)
        .when(command)
        .refused('plan.task-twice', { field: 'tasks', task: 't1' }, null, 'input');
    }
    spec
      .given()
      .when({ ...publish(T1), unknown: ['nowhere'] } as CommandWithFacts<PlanCommand>)
      .refused('campaign.unknown-departments', { field: 'tasks', departments: 'nowhere' }, null, 'input');
    spec
      .given()
      .when(publish(T1, { ...T2, dueOn: '2026-02-30' }))
      .refused('campaign.not-a-day', { field: 'tasks[1].dueOn', day: '2026-02-30' }, null, 'input');
  });
});

describe('a task', () => {
  test('is discharged by events of the log, said by its owner or the campaign office', () => {
    const two = lookedUp(proof('a'), proof('b'));
    for (const by of [officer, head]) {
      spec
        .given(published(1, T1, T2))
        .when(discharge(two, { meta: { actor: by } }))
        .then(discharged([proof('a'), proof('b')]));
    }
    spec
      .given(published(1, T1, T2))
      .when(discharge(two, { task: 't2', meta: { actor: head } }))
      .refused('plan.not-your-task', { task: 't2', department: 'water' }, null, 'permission');
    spec
      .given(published(1, T1))
      .when(discharge([{ reference: 'project-x@9', proof: null, doing: null }]))
      .refused('campaign.no-such-event', { field: 'events', events: 'project-x@9' }, null, 'input');
    spec
      .given(published(1, T1))
      .when(discharge([]))
      .refused('campaign.evidence-missing', { field: 'events' }, null, 'input');
    spec.given().when(discharge(two)).refused('plan.unknown', { plan: 'plan-4' }, null, 'absent');
  });

  test('is linked to an event once, and late when one of them is', () => {
    const history = [published(1, T1), discharged([proof('a')])];
    spec
      .given(...history)
      .when(discharge(lookedUp(proof('a'))))
      .nothing();
    spec
      .given(...history)
      .when(discharge(lookedUp(proof('a'), proof('b'), proof('b'))))
      .then(discharged([proof('b')]));
    const late = proof('c', T1.dueAt);
    spec
      .given(published(1, T1))
      .when(discharge(lookedUp(proof('a'), late)))
      .then(discharged([proof('a'), late], true));
  });

  test('T5 is discharged by work alone: not by the plan itself, a promise, the clock or the applicant', () => {
    const no = (over: Partial<Proof>, doing: Doing = OWN) => {
      const one = { ...proof('a'), ...over };
      spec
        .given(published(1, T1))
        .when(discharge([...lookedUp(proof('b')), found(one, doing)]))
        .refused(
          'plan.event-shows-no-work',
          { field: 'events', event: `${one.stream}@${one.revision}`, type: one.type, task: 't1' },
          null,
          'input',
        );
    };
    no({ stream: 'plan-plan-4', revision: '0', type: 'PlanPublished' });
    no({ stream: 'plan-other', revision: '1', type: 'TaskDischarged' });
    no({ stream: 'account-demo-head', revision: '0', type: 'AccountOpened' });
    no({ stream: 'pledge-p1', revision: '0', type: 'PledgeMade' });
    no({ type: 'ApplicationEscalated' }, { ...OWN, role: 'system', by: null });
    no({ type: 'ApplicationSubmitted' }, { ...OWN, role: 'applicant', by: null });
    no({ type: 'ApplicationSubmitted' }, { ...OWN, role: 'agent', by: null });
  });

  test('T5 is discharged by what came after it was first published', () => {
    const before = proof('a', '2026-11-24T01:59:59.999Z');
    spec
      .given(published(1, T1), published(2, T1, T3))
      .when(discharge(lookedUp(before)))
      .refused(
        'plan.event-before-the-task',
        {
          ...{ field: 'events', event: 'application-mill-LX-06@4', occurredAt: before.occurredAt },
          ...{ task: 't1', since: NOW },
        },
        null,
        'input',
      );
    spec
      .given(published(1, T1))
      .when(discharge(lookedUp(proof('a', NOW))))
      .then(discharged([proof('a', NOW)]));
  });

  test('T5 is discharged by what its own department did, or an office did in its business', () => {
    spec
      .given(published(1, T1))
      .when(discharge([found(proof('a'), { role: 'reviewer', by: 'water', of: 'water' })]))
      .refused(
        'plan.event-of-another',
        { field: 'events', event: 'application-mill-LX-06@4', task: 't1', department: 'natural-resources' },
        null,
        'input',
      );
    for (const doing of [
      { role: 'admin', by: null, of: 'natural-resources' },
      { role: 'reviewer', by: 'natural-resources', of: null },
    ]) {
      spec
        .given(published(1, T1))
        .when(discharge([found(proof('a'), doing)]))
        .then(discharged([proof('a')]));
    }
  });

  test('that the version in force lacks is no longer required', () => {
    spec
      .given(published(1, T1), published(2, T2))
      .when(discharge(lookedUp(proof('a'))))
      .refused('plan.unknown-task', { plan: 'plan-4', task: 't1' }, null, 'absent');
  });
});

test('every version can be read as it was published, with what discharges its tasks', () => {
  const { state } = spec.given(published(1, T1, T2), discharged([proof('a')]), published(2, T1, T3));
  const versions = [
    { planVersion: 1, publishedAt: NOW, reason: null },
    { planVersion: 2, publishedAt: NOW, reason: '增加任务' },
  ];
  const linked = {
    ...T1,
    status: 'discharged',
    discharges: [{ planVersion: 1, evidence: [proof('a')], late: false, note: null, at: NOW, by: 'tester' }],
  };
  const common = { plan: 'plan-4', title: '审批攻坚实施方案', summary: null, publishedAt: NOW, versions };
  expect(viewOf(state, 1, T2.dueAt)).toEqual({
    ...{ ...common, planVersion: 1, reason: null, inForce: false },
    tasks: [linked, { ...T2, status: 'overdue', discharges: [] }],
  });
  expect(viewOf(state, null, T2.dueAt)).toEqual({
    ...{ ...common, planVersion: 2, reason: '增加任务', inForce: true },
    tasks: [linked, { ...T3, status: 'open', discharges: [] }],
  });
  expect(viewOf(state, 3, NOW)).toBeNull();
  expect(viewOf(planDecider.initial, null, NOW)).toBeNull();
});

test('an event out of its order means a damaged log', () => {
  expect(() => spec.given(published(2, T1))).toThrow('version 2 after 0');
  expect(() => spec.given(discharged([proof('a')]))).toThrow('TaskDischarged before PlanPublished');
});

test('the list names the version in force', () => {
  const first = plans.fold(null, recorded(published(1, T1, T2)), 'plan-4');
  const later = { occurredAt: '2026-12-01T02:00:00.000Z' };
  expect(plans.fold(first, recorded(published(2, T1), { revision: 1n, metadata: later }), 'plan-4')).toEqual({
    ...{ id: 'plan-4', title: '审批攻坚实施方案', planVersion: 2, tasks: 1 },
    ...{ publishedAt: NOW, revisedAt: later.occurredAt },
  });
});
