import { type Fold, passed, stopped } from '../core/fold.js';
import { type DecisionEvent } from './decision.events.js';

export const DECISION_FOLD: Fold<DecisionEvent> = {
  ApplicationApproved: (state, event) => ({
    ...state,
    ...passed(state, event),
    ...stopped(state, event),
    at: 'decided',
    outcome: 'granted',
  }),
  ApplicationRefused: (state, event) => ({
    ...state,
    ...passed(state, event),
    ...stopped(state, event),
    at: 'decided',
    outcome: 'refused',
  }),
  ApplicationWithdrawn: (state, event) => ({
    ...state,
    ...passed(state, event),
    ...stopped(state, event),
    at: 'withdrawn',
  }),
  /** @throws Error where nothing was decided: the log is damaged. */
  DecisionDelivered: (state, event) => {
    if (!('outcome' in state)) throw new Error(`${event.stream}: DecisionDelivered before a decision`);
    return { ...state, ...passed(state, event), at: 'delivered' };
  },
  ApplicationClosed: (state, event) => ({
    ...state,
    ...passed(state, event),
    ...stopped(state, event),
    at: 'closed',
  }),
};
