import { type CommandMeta, isImported } from '#libs/engine/event-sourcing';
import { type Counter, type OfficeSession } from '#libs/law/calendar';
import { type CounterFacts } from './intake.commands.js';

export const COUNTER_HOURS = Symbol('CounterHours');

/** Office hours of the counters (窗口), of data/policies/office-hours.yaml. No sessions: it takes in until 24:00. */
export type CounterHours = {
  /** Of every counter that has none of its own. */
  readonly sessions: readonly OfficeSession[];
  readonly departments: readonly { readonly department: string; readonly sessions: Counter }[];
};

/** What a submission says when it was handed in at a counter. */
const AT_COUNTER: readonly string[] = ['counter', 'window', '窗口'];

/**
 * The hours of the counter at which something is handed in: that of the clerk who enters it, or of the department that it goes
 * to. What an applicant sends comes online, unless it says otherwise; an imported log says nothing of counters.
 */
export function counterOf(
  hours: CounterHours,
  {
    meta,
    channel,
  }: { readonly meta: Pick<CommandMeta, 'actor' | 'correlationId'>; readonly channel?: string },
  department: string | null,
): CounterFacts {
  const isThere = channel === undefined ? meta.actor.role === 'window' : AT_COUNTER.includes(channel);
  if (!isThere || isImported(meta)) return {};
  const whose = meta.actor.department ?? department;
  const own = hours.departments.find((one) => one.department === whose);
  const counter = own?.sessions ?? hours.sessions;
  return counter.length === 0 ? {} : { counter };
}
