import { type Recorded } from '#libs/engine/event-sourcing';
import { type SubmittedApplication } from '../core/facts.js';
import { type Fold, withMaterials, withLatestTime } from '../core/fold.js';
import { type Ways } from '../core/varied-rules.js';
import { type CommitmentEvent } from './commitment.events.js';
import { afterCommitment, type WithCommitment } from './commitment.state.js';
import { type DeficiencyEvent } from './deficiency.events.js';
import { afterDeficiency, type WithDeficiency } from './deficiency.state.js';
import { type WayEvent } from './ways.events.js';

/** What the ways through add to an application. */
export type WithWays = Ways & WithDeficiency & WithCommitment;

const committed = <State extends SubmittedApplication & WithCommitment>(
  state: State,
  event: Recorded<CommitmentEvent>,
): State => ({ ...state, ...afterCommitment(state, event), ...withLatestTime(state, event) });

export const WAYS_FOLD: Fold<WayEvent | DeficiencyEvent | CommitmentEvent, SubmittedApplication & WithWays> =
  {
    FastTrackGranted: (state, event) => ({
      ...state,
      fastTrack: true,
      terms: { ...state.terms, promised: event.data.promised },
      due: event.data.due,
      ...withLatestTime(state, event),
    }),
    SpecialHandlingApproved: (state, event) => ({
      ...state,
      varied: [...(state.varied ?? []), event.data.rule],
      ...withLatestTime(state, event),
    }),
    AcceptedWithDeficiency: (state, event) => ({ ...state, ...afterDeficiency(state, event) }),
    DeficiencyFulfilled: (state, event) => ({
      ...state,
      ...afterDeficiency(state, event),
      ...withMaterials(state, event),
      ...withLatestTime(state, event),
    }),
    DeficiencyLapsed: (state, event) => ({
      ...state,
      ...afterDeficiency(state, event),
      ...withLatestTime(state, event),
    }),
    CommitmentMade: committed,
    CommitmentVerified: committed,
    CommitmentBreached: committed,
  };
