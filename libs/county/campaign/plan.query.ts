import { type PlanTask } from './plan.events.js';
import { type Discharge, type PlanState, type PlanVersion } from './plan.state.js';

/** A task as it stands: `overdue` when nothing discharges it and its last day is over. */
type TaskView = PlanTask & {
  readonly status: 'open' | 'overdue' | 'discharged';
  /** What discharges it, oldest first; said under this version of the plan or another that has the task. */
  readonly discharges: readonly Omit<Discharge, 'task'>[];
};

/** One version of a plan, with the others there are. */
export type PlanView = Omit<PlanVersion, 'tasks'> & {
  /** True for the version in force. */
  readonly inForce: boolean;
  readonly tasks: readonly TaskView[];
  readonly versions: readonly Pick<PlanVersion, 'planVersion' | 'publishedAt' | 'reason'>[];
};

/** A version of a plan, by default the one in force; null if there is none. `now` is an ISO instant. */
export function viewOf(state: PlanState, version: number | null, now: string): PlanView | null {
  if (state.at === 'absent') return null;
  const { versions, current, discharges } = state;
  const wanted = version === null ? current : versions.find(({ planVersion }) => planVersion === version);
  if (wanted === undefined) return null;
  return {
    ...wanted,
    inForce: wanted === current,
    tasks: wanted.tasks.map((task) => {
      const of = discharges.flatMap(({ task: name, ...rest }) => (name === task.task ? [rest] : []));
      const status = of.length > 0 ? 'discharged' : now >= task.dueAt ? 'overdue' : 'open';
      return { ...task, status, discharges: of };
    }),
    versions: versions.map(({ planVersion, publishedAt, reason }) => ({ planVersion, publishedAt, reason })),
  };
}
