import { type CommandMeta } from '#libs/event-sourcing';
import { refuse } from './campaign.refusal.js';
import { type PlanState, type PlanVersion } from './plan.decider.js';
import { type PlanTask } from './plan.events.js';

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

/** A task that the plan asks for now; what an earlier version asked for is owed no longer. */
export function taskMustBeInForce({ plan, tasks }: PlanVersion, name: string): PlanTask {
  const found = tasks.find(({ task }) => task === name);
  return found ?? refuse('plan.unknown-task', { plan, task: name }, 'absent');
}

export function mayDischarge({ task, department }: PlanTask, { actor }: CommandMeta): void {
  if (actor.role === 'campaign-office' || actor.department === department) return;
  refuse('plan.not-your-task', { task, department }, 'permission');
}
