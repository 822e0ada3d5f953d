import { type CommandMeta } from '#libs/engine/event-sourcing';
import { refuse } from './campaign.refusal.js';
import { type PlanTask } from './plan.events.js';
import { type FoundProof } from './proof.js';
import { type PlanState, type PlanVersion } from './plan.state.js';

export type Published = Extract<PlanState, { at: 'published' }>;

export function mustBeNew(state: PlanState, plan: string): void {
  if (state.at !== 'absent') refuse('plan.exists', { plan }, 'state');
}

export function mustBePublished(state: PlanState, plan: string): Published {
  return state.at === 'absent' ? refuse('plan.unknown', { plan }, 'absent') : state;
}

/** A task is named once, so that what discharges it is said of one task. */
export function tasksMustBeDistinct(tasks: readonly { readonly task: string }[]): void {
  const names = tasks.map(({ task }) => task);
  const twice = names.find((task, index) => names.indexOf(task) !== index);
  if (twice !== undefined) refuse('plan.task-twice', { field: 'tasks', task: twice }, 'input');
}

/** A task that the plan asks for now; what an earlier version asked for is no longer required. */
export function taskMustBeInForce({ plan, tasks }: PlanVersion, name: string): PlanTask {
  const found = tasks.find(({ task }) => task === name);
  return found ?? refuse('plan.unknown-task', { plan, task: name }, 'absent');
}

/** Streams whose events are work on the county's business; those of plans, accounts, names and the clock are not. */
const WORK =
  /^(application|project|matter|template|catalogue|duty|roster|request|improvement|session|dispute|challenge|mandate|bulletin|self-inspection|pledge)-/;
/** What was only promised or proposed, and what the applicant or the clock did, discharges no department. */
const NOT_DONE = [
  'PledgeMade',
  'ImprovementProposed',
  'ThresholdChallenged',
  'JointReviewScheduled',
  'JointReviewConvened',
];
const NOT_OFFICIALS = ['applicant', 'agent', 'system'];

/**
 * What discharges a task is its owner's work on its owner's business, or another office's for it, and was done after the task
 * was set; what the plan says of itself shows nothing.
 */
export function eventsMustFit(
  versions: readonly PlanVersion[],
  { task, department }: PlanTask,
  found: readonly FoundProof[],
): void {
  const since = versions.find(({ tasks }) => tasks.some((one) => one.task === task))?.publishedAt ?? '';
  for (const { reference: event, proof, doing } of found) {
    if (proof === null) continue;
    const field = 'events';
    const { stream, type, occurredAt } = proof;
    if (!WORK.test(stream) || NOT_DONE.includes(type) || NOT_OFFICIALS.includes(doing.role)) {
      refuse('plan.event-shows-no-work', { field, event, type, task }, 'input');
    }
    if (occurredAt < since) {
      refuse('plan.event-before-the-task', { field, event, occurredAt, task, since }, 'input');
    }
    if (doing.by !== department && doing.of !== department) {
      refuse('plan.event-of-another', { field, event, task, department }, 'input');
    }
  }
}

export function mayDischarge({ task, department }: PlanTask, { actor }: CommandMeta): void {
  if (actor.role === 'campaign-office' || actor.department === department) return;
  refuse('plan.not-your-task', { task, department }, 'permission');
}
