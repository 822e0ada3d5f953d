import { type Fold, withCustody, stopped } from '../core/fold.js';
import { type DecisionEvent } from './decision.events.js';

export const DECISION_FOLD: Fold<DecisionEvent> = {
  ApplicationApproved: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    ...stopped(state, event),
    at: 'decided',
    outcome: 'granted',
  }),
  ApplicationRefused: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    ...stopped(state, event),
    at: 'decided',
    outcome: 'refused',
  }),
  ApplicationWithdrawn: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    ...stopped(state, event),
    at: 'withdrawn',
  }),
  /** @throws Error where nothing was decided: the log is damaged. */
  DecisionDelivered: (state, event) => {
    if (!('outcome' in state)) throw new Error(`${event.stream}: DecisionDelivered before a decision`);
    return { ...state, ...withCustody(state, event), at: 'delivered' };
  },
  ApplicationClosed: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    ...stopped(state, event),
    at: 'closed',
  }),
};
