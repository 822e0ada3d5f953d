import { type Day } from '#libs/law/calendar';
import { type SubmittedApplication } from '../core/facts.js';
import { type Stage } from '../core/stage.js';
import { type Renewal, type WithPermit } from './permit.state.js';

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

type Validity = {
  readonly validUntil?: Day | undefined;
  /** The application for renewal that waits for a decision, or that there is one. */
  readonly renewal?: Renewal | true | null | undefined;
};

/** Whether the last day of a permit is over, and no renewal waits for a decision: while one does, the permit goes on (行政许可法 Art. 50). */
export const isExpired = ({ validUntil, renewal }: Validity, day: Day): boolean =>
  validUntil !== undefined && validUntil < day && !renewal;

/**
 * Whether an application has ended and nothing that it granted is in force on a day, so that the same matter can be applied for
 * again: refused, not accepted or withdrawn; the permit recalled, revoked or struck off, lapsed, or at the end of its validity
 * while no renewal waits for a decision. What was closed as done (a filing, a technical review) stays done.
 */
export function isOpenToNextRound(standing: Standing, day: Day): boolean {
  const { stage, outcome, lapsedOn } = standing;
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
      return isExpired(standing, day);
    case 'submitted':
    case 'supplement-requested':
    case 'accepted':
    case 'returned':
    case 'closed':
      return false;
  }
}
