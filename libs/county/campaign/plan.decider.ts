import { isDeepStrictEqual } from 'node:util';
import { endOfDay } from '#libs/law/calendar';
import { decideBy, type Decider, impossible } from '#libs/engine/event-sourcing';
import { departmentsMustStand, mustBeADay, proofsOf } from './campaign.refusal.js';
import {
  type DischargeTask,
  type PlanCommand,
  type PlanFacts,
  type PublishPlan,
  type RevisePlan,
} from './plan.commands.js';
import { type PlanEvent, type PlanTask } from './plan.events.js';
import * as rules from './plan.rules.js';
import { type PlanState } from './plan.state.js';
import { type ProofFacts } from './proof.js';

function contentOf(command: PublishPlan | RevisePlan, { unknown }: PlanFacts) {
  const { title, summary = null } = command;
  rules.tasksMustBeDistinct(command.tasks);
  departmentsMustStand('tasks', unknown);
  const tasks = command.tasks.map(({ task, title: what, department, dueOn }, index): PlanTask => {
    mustBeADay(`tasks[${index}].dueOn`, dueOn);
    return { task, title: what, department, dueOn, dueAt: endOfDay(dueOn) };
  });
  return { title, summary, tasks };
}

function publish(state: PlanState, command: PublishPlan, facts: PlanFacts): PlanEvent {
  const { id: plan } = command;
  rules.mustBeNew(state, plan);
  const data = { plan, planVersion: 1, ...contentOf(command, facts), reason: null };
  return { type: 'PlanPublished', version: 1, data };
}

function revise(state: PlanState, command: RevisePlan, facts: PlanFacts): PlanEvent[] {
  const { id: plan, reason } = command;
  const { current } = rules.mustBePublished(state, plan);
  const content = contentOf(command, facts);
  const { title, summary, tasks, planVersion } = current;
  if (isDeepStrictEqual(content, { title, summary, tasks })) return [];
  const data = { plan, planVersion: planVersion + 1, ...content, reason };
  return [{ type: 'PlanPublished', version: 1, data }];
}

function discharge(state: PlanState, command: DischargeTask, { found }: ProofFacts): PlanEvent[] {
  const { id: plan, note = null, meta } = command;
  const { versions, current, discharges } = rules.mustBePublished(state, plan);
  const owed = rules.taskMustBeInForce(current, command.task);
  rules.mayDischarge(owed, meta);
  const { task, department, dueAt } = owed;
  const known = discharges.filter((each) => each.task === task).flatMap(({ evidence: of }) => of);
  const seen = new Set(known.map(({ event }) => event));
  const proofs = proofsOf('events', found, []);
  rules.eventsMustFit(versions, owed, found);
  const evidence = proofs.filter(({ event }) => !seen.has(event) && seen.add(event));
  if (evidence.length === 0) return [];
  const late = evidence.some(({ occurredAt }) => occurredAt >= dueAt);
  const { planVersion } = current;
  const data = { plan, planVersion, task, department, evidence, late, note };
  return [{ type: 'TaskDischarged', version: 1, data }];
}

/** One implementation plan (实施方案): its versions, and what discharges its tasks. */
export const planDecider: Decider<PlanState, PlanCommand, PlanEvent> = {
  initial: { at: 'absent' },

  decide: decideBy({
    PublishPlan: (state, command, facts) => [publish(state, command, facts)],
    RevisePlan: revise,
    DischargeTask: discharge,
  }),

  evolve(state, event) {
    const { occurredAt: at, actor } = event.metadata;
    switch (event.type) {
      case 'PlanPublished': {
        const before = state.at === 'absent' ? [] : state.versions;
        if (event.data.planVersion !== before.length + 1) {
          throw new Error(`${event.stream}: version ${event.data.planVersion} after ${before.length}`);
        }
        const current = { ...event.data, publishedAt: at };
        const discharges = state.at === 'absent' ? [] : state.discharges;
        return { at: 'published', versions: [...before, current], current, discharges };
      }
      case 'TaskDischarged': {
        if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before PlanPublished`);
        const { task, planVersion, evidence, late, note } = event.data;
        const one = { task, planVersion, evidence, late, note, at, by: actor.person };
        return { ...state, discharges: [...state.discharges, one] };
      }
      default:
        return impossible(event);
    }
  },
};
