import { type CommandMeta, impossible } from '#libs/engine/event-sourcing';
import { isOutside } from '#libs/shell/roles';

/** True for those who stand on the applicant's side of the window. */
export const isApplicantSide = ({ actor }: CommandMeta): boolean => isOutside(actor.role);

/** Whose turn it is (球在谁手). Fields that do not apply, or are not known, are null. */
export type Holder = {
  readonly party: 'applicant' | 'department' | 'inter-department' | 'excluded-procedure';
  readonly department: string | null;
  readonly post: string | null;
  readonly person: string | null;
};

/** A stretch of time that belonged to one holder; ISO instants, `from` <= `to`. */
export type Held = { readonly by: Holder; readonly from: string; readonly to: string };

/**
 * What an event does to custody: the stretch it ends, and who holds the application from then on (null = it is over). An event
 * without custody does not change the holder.
 */
export type Custody = { readonly ended: Held | null; readonly holder: Holder | null };

/**
 * The stretch that an event ended, if it did: the time after the end of an application has no holder, though logs of the first
 * releases name the person who did a step then.
 */
export function stretchEnded(data: { readonly custody: Custody; readonly afterEnd?: boolean }): Held | null {
  const { ended, holder } = data.custody;
  return data.afterEnd === true && holder === null ? null : ended;
}

/**
 * The parts of that stretch: where it is known when the step that ended it was begun, the time before was waiting, which
 * belongs to the desk of the department and not to the person.
 */
export function stretchParts(ended: Held | null, begunAt: string | undefined): readonly Held[] {
  if (ended === null) return [];
  const { by, from, to } = ended;
  if (begunAt === undefined || begunAt <= from || begunAt > to) return [ended];
  const waiting: Holder = { ...by, post: null, person: null };
  return [
    { by: waiting, from, to: begunAt },
    { by, from: begunAt, to },
  ];
}

/** The stretch that runs now: who holds the application, and since when (ISO instant). */
export type Holding = { readonly by: Holder; readonly since: string };

export function sameHolder(a: Holder, b: Holder): boolean {
  return a.party === b.party && a.department === b.department && a.post === b.post && a.person === b.person;
}

/** Whether the time of a holder is the government's: a wait between departments is, a hearing or expert review is not. */
export function isGovernment({ party }: Holder): boolean {
  switch (party) {
    case 'department':
    case 'inter-department':
      return true;
    case 'excluded-procedure':
    case 'applicant':
      return false;
    default:
      return impossible(party);
  }
}

/**
 * Whose time it is when several hold applications, lowest first: the government before an excluded procedure, both before the
 * applicant, so that no organ hides behind others.
 */
export function custodyRank(holder: Holder): number {
  if (isGovernment(holder)) return 0;
  return holder.party === 'excluded-procedure' ? 1 : 2;
}

/** The stretches of one application up to `asOf`: those that ended, and the running one as if it ended then. */
export function heldUntil(ended: readonly Held[], running: Holding | null, asOf: string): readonly Held[] {
  if (running === null || running.since >= asOf) return ended;
  return [...ended, { by: running.by, from: running.since, to: asOf }];
}
