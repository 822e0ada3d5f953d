import { type Fold, withCustody } from '../core/fold.js';
import { type HandlingEvent } from './handling.events.js';

export const HANDLING_FOLD: Fold<HandlingEvent> = {
  ReviewerAssigned: (state, event) => {
    const { department, post, person } = event.data;
    return {
      ...state,
      ...withCustody(state, event),
      reviewer: { party: 'department', department, post, person },
    };
  },
  StepRecorded: (state, event) => ({ ...state, ...withCustody(state, event) }),
  ApplicationSentBack: (state, event) => ({ ...state, ...withCustody(state, event) }),
  ApplicationReturned: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    at: 'returned',
    returnRounds: event.data.round,
  }),
  ApplicationTransferred: (state, event) => {
    const { department } = event.data.to;
    const leaves = state.department !== null && state.department !== department;
    return { ...state, ...withCustody(state, event), ...(leaves ? { department, reviewer: null } : {}) };
  },
};
