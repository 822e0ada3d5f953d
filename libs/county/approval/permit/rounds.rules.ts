import { type Day } from '#libs/law/calendar';
import { type SubmittedApplication } from '../core/facts.js';
import { type Stage } from '../core/stage.js';
import { type WithPermit } from './permit.state.js';

/** What decides whether a matter can be applied for again, of its application so far. */
export type Standing = Omit<WithPermit, 'lapsedOn'> & {
  readonly stage: Exclude<Stage, 'absent'>;
  /** `granted` or `refused` where it was decided on. */
  readonly outcome: string | null;
  readonly lapsedOn?: string | null;
};

export const standingOf = (state: SubmittedApplication & WithPermit): Standing => ({
  ...state,
  stage: state.at,
  outcome: 'outcome' in state ? state.outcome : null,
});

/**
 * Whether an application has ended and nothing that it granted is in force on a day, so that the same matter can be applied for
 * again: refused, not accepted or withdrawn; the permit recalled, revoked or struck off, lapsed, or at the end of its validity
 * while no renewal waits for a decision. What was closed as done (a filing, a technical review) stays done.
 */
export function isOpenToNextRound(
  { stage, outcome, validUntil, lapsedOn, renewal }: Standing,
  day: Day,
): boolean {
  switch (stage) {
    case 'not-accepted':
    case 'withdrawn':
    case 'recalled':
    case 'revoked':
    case 'cancelled':
      return true;
    case 'decided':
    case 'delivered':
      if (outcome !== 'granted' || lapsedOn) return true;
      return validUntil !== undefined && validUntil < day && !renewal;
    case 'submitted':
    case 'supplement-requested':
    case 'accepted':
    case 'returned':
    case 'closed':
      return false;
  }
}
