import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type SubmittedApplication, type ApplicationFacts } from './facts.js';
import { type Custody, type Holder, isApplicantSide } from './holder.js';
import { type StoppedClock } from './terms.js';
import { later } from './times.rules.js';

/** The department's own desk: its turn, with no person named yet. */
export const desk = (department: string | null): Holder => ({
  party: 'department',
  department,
  post: null,
  person: null,
});

/**
 * While opinions are awaited the time belongs to the departments together, not to the lead alone; and so it does while they
 * differ over whose the application is.
 */
export const BETWEEN_DEPARTMENTS: Holder = {
  party: 'inter-department',
  department: null,
  post: null,
  person: null,
};

export const applicantHolds = (applicant: string): Holder => ({
  party: 'applicant',
  department: null,
  post: null,
  person: applicant,
});

/** The person acting, as holder of an application. */
export const performer = ({ actor }: CommandMeta): Holder => ({
  party: 'department',
  department: actor.department,
  post: actor.post,
  person: actor.person,
});

/** Reviewer if there is one, else the desk. */
export const reviewing = ({ reviewer, department }: ApplicationFacts): Holder => reviewer ?? desk(department);

/**
 * Who is responsible for the stretch that an act ends.
 *
 * - The holder on record, when a person is named, or when it was not a department's turn.
 * - The person who acts, when the desk of their department held the application: that is the person who took it up.
 * - In a joint matter, and after the end of an application, only completions are known: the time before a completion belongs to the person who completed it.
 *   A log that closes an application names no department: then it is that of the row before.
 */
function responsible(state: SubmittedApplication, meta: CommandMeta, closes: boolean): Holder {
  const { holder } = state;
  if (holder === null) return performer(meta);
  if (holder.party !== 'department' || isApplicantSide(meta)) return holder;
  if (state.department === null) {
    const by = performer(meta);
    return closes && by.department === null ? { ...by, department: holder.department } : by;
  }
  return holder.person === null && holder.department === meta.actor.department ? performer(meta) : holder;
}

/** The instant at which an act takes effect: never before the stretch it ends began. */
export const effectiveAt = (state: SubmittedApplication, { occurredAt }: CommandMeta): string =>
  later(state.since, occurredAt);

/** Ends the running stretch and hands the application on (null = it is over). After the end nothing runs, and nothing is ended. */
export function passTo(state: SubmittedApplication, meta: CommandMeta, holder: Holder | null): Custody {
  if (state.holder === null) return { ended: null, holder };
  return {
    ended: { by: responsible(state, meta, holder === null), from: state.since, to: effectiveAt(state, meta) },
    holder,
  };
}

/** Stops the clock; late means past the due instant, to the millisecond. */
export function stopClock(state: SubmittedApplication, meta: CommandMeta): StoppedClock {
  const stoppedAt = effectiveAt(state, meta);
  const { promised, statutory } = state.due;
  return {
    stoppedAt,
    latePromised: promised === null ? null : stoppedAt > promised,
    lateStatutory: statutory === null ? null : stoppedAt > statutory,
  };
}
