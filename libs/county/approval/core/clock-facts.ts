import { type Counter, type Extension, type Suspension } from '#libs/law/calendar';

/** What a department does with an application one after the other; each may have a limit of its own (环节时限). */
export const INTERNAL_STEPS = ['acceptance', 'assignment', 'review', 'delivery'] as const;

/** A step inside of the organ that has a limit of its own. */
export type InternalStep = (typeof INTERNAL_STEPS)[number];

/** The ledger of the statutory clock, and how far the timers of the application have gone. Instants are ISO 8601 in UTC. */
export type ClockFacts = {
  /** Receipt of what the applicant handed in last: the term of the one-time notice runs from here. */
  readonly materialsAt: string;
  /** Of the counter at which that was handed in; left out where it came online. */
  readonly materialsCounter?: Counter;
  readonly acceptedAt: string | null;
  /** 视为受理: no notice was given in time; left out where a clerk accepted it. */
  readonly isDeemed?: true;
  readonly suspensions: readonly Suspension[];
  readonly extensions: readonly Extension[];
  /** See `supplementPeriodAfter`; left out before the first notice. */
  readonly supplementPeriod?: Suspension;
  readonly stoppedAt: string | null;
  /**
   * The yellow instants of which the holder was warned. A list, because a term that starts from receipt
   * is the same after acceptance, and one that was changed may come back.
   */
  readonly yellowTold: readonly string[];
  /** When the level of escalation last changed; null while it never did. */
  readonly levelAt: string | null;
  /** The internal step that runs; null while none does. */
  readonly step: RunningStep | null;
};

type RunningStep = { readonly name: InternalStep; readonly since: string; readonly warned: boolean };

/** The procedure that runs; null while none does. */
export function openSuspension({ suspensions }: Pick<ClockFacts, 'suspensions'>): Suspension | null {
  const last = suspensions.at(-1);
  return last?.to === null ? last : null;
}

export const isSuspended = (clock: Pick<ClockFacts, 'suspensions'>): boolean =>
  openSuspension(clock) !== null;
