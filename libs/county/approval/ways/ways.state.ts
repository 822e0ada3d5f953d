import { type Recorded } from '#libs/engine/event-sourcing';
import { type Existing } from '../core/facts.js';
import { type Fold, handedIn, happened } from '../core/fold.js';
import { type Ways } from '../core/varied-rules.js';
import { type CommitmentEvent } from './commitment.events.js';
import { afterCommitment, type WithCommitment } from './commitment.state.js';
import { type DeficiencyEvent } from './deficiency.events.js';
import { afterDeficiency, type WithDeficiency } from './deficiency.state.js';
import { type WayEvent } from './ways.events.js';

/** What the ways through add to an application. */
export type WithWays = Ways & WithDeficiency & WithCommitment;

const committed = <State extends Existing & WithCommitment>(
  state: State,
  event: Recorded<CommitmentEvent>,
): State => ({ ...state, ...afterCommitment(state, event), ...happened(state, event) });

export const WAYS_FOLD: Fold<WayEvent | DeficiencyEvent | CommitmentEvent, Existing & WithWays> = {
  FastTrackGranted: (state, event) => ({
    ...state,
    fastTrack: true,
    terms: { ...state.terms, promised: event.data.promised },
    due: event.data.due,
    ...happened(state, event),
  }),
  SpecialHandlingApproved: (state, event) => ({
    ...state,
    varied: [...(state.varied ?? []), event.data.rule],
    ...happened(state, event),
  }),
  AcceptedWithDeficiency: (state, event) => ({ ...state, ...afterDeficiency(state, event) }),
  DeficiencyFulfilled: (state, event) => ({
    ...state,
    ...afterDeficiency(state, event),
    ...handedIn(state, event),
    ...happened(state, event),
  }),
  DeficiencyLapsed: (state, event) => ({
    ...state,
    ...afterDeficiency(state, event),
    ...happened(state, event),
  }),
  CommitmentMade: committed,
  CommitmentVerified: committed,
  CommitmentBreached: committed,
};
