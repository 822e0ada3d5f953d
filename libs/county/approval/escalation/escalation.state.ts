import { type Fold, withLatestTime } from '../core/fold.js';
import { type EscalationEvent } from './escalation.events.js';

export const ESCALATION_FOLD: Fold<EscalationEvent> = {
  ApplicationEscalated: (state, event) => ({
    ...state,
    ...withLatestTime(state, event),
    level: event.data.level,
    clock: { ...state.clock, levelAt: event.metadata.occurredAt },
  }),
  EscalationLevelSkipped: (state, event) => ({ ...state, ...withLatestTime(state, event) }),
  ApplicationSentDown: (state, event) => ({
    ...state,
    ...withLatestTime(state, event),
    level: event.data.level,
    clock: { ...state.clock, levelAt: event.metadata.occurredAt },
  }),
};
