import { defined, type Recorded } from '#libs/engine/event-sourcing';
import { type Counter, type Suspension } from '#libs/law/calendar';
import { type ClockFacts, type InternalStep, isSuspended } from '../core/clock-facts.js';
import { type SubmittedApplication } from '../core/facts.js';
import { effectOf, type Fold, withLatestTime, withCustody } from '../core/fold.js';
import { type ClockEvent, type ClockSuspended } from './clock.events.js';

/** Which internal step an application is at; null where it is not a department's turn. */
export function stepAt(stage: string, reviewer: unknown, suspended: boolean): InternalStep | null {
  if (stage === 'submitted') return 'acceptance';
  if (stage === 'decided') return 'delivery';
  if (stage !== 'accepted' || suspended) return null;
  return reviewer === null ? 'assignment' : 'review';
}

/** The facts of a clock on which nothing but the receipt is written. */
export function receivedClock(receivedAt: string, materialsCounter?: Counter): ClockFacts {
  return {
    materialsAt: receivedAt,
    ...defined({ materialsCounter }),
    acceptedAt: null,
    suspensions: [],
    extensions: [],
    stoppedAt: null,
    yellowTold: [],
    levelAt: null,
    step: { name: 'acceptance', since: receivedAt, warned: false },
  };
}

/**
 * An application with the internal step that it is at after an event, which began with the event where it was at another
 * before.
 */
export function withStep<State extends SubmittedApplication>(
  state: State,
  event: Parameters<typeof effectOf>[0],
): State {
  const { at, reviewer, clock } = state;
  const name = stepAt(at, reviewer, isSuspended(clock));
  if (name === (clock.step?.name ?? null)) return state;
  return { ...state, clock: { ...clock, step: name && { name, since: effectOf(event), warned: false } } };
}

export const CLOCK_FOLD: Fold<ClockEvent> = {
  ClockSuspended: (state, event) => {
    const { due } = event.data;
    const { clock } = state;
    const suspensions = [...clock.suspensions, suspensionOf(event)];
    return { ...state, ...withCustody(state, event), due, clock: { ...clock, suspensions } };
  },
  ClockResumed: (state, event) => {
    const { clock } = state;
    const suspensions = closed(clock.suspensions, effectOf(event));
    return { ...state, ...withCustody(state, event), due: event.data.due, clock: { ...clock, suspensions } };
  },
  TimeLimitExtended: (state, event) => {
    const { days, article, approvedBy: by, due } = event.data;
    const { clock } = state;
    const extensions = [...clock.extensions, { days, article, by }];
    return { ...state, ...withLatestTime(state, event), due, clock: { ...clock, extensions } };
  },
  ApplicationDeemedAccepted: (state, event) => {
    const { acceptedAt, due } = event.data;
    return {
      ...state,
      ...withLatestTime(state, event),
      at: 'accepted',
      due,
      clock: { ...state.clock, acceptedAt, isDeemed: true },
    };
  },
  ApplicationWarned: (state, event) => {
    const { clock } = state;
    const warned =
      event.data.cause === 'term'
        ? { yellowTold: [...clock.yellowTold, event.metadata.occurredAt] }
        : { step: clock.step && { ...clock.step, warned: true } };
    return { ...state, ...withLatestTime(state, event), clock: { ...clock, ...warned } };
  },
};

/** What an event has taken out of the term. */
export function suspensionOf(event: Recorded<ClockSuspended>): Suspension {
  const { cause, article, days, unit = 'working-day' } = event.data;
  return { from: effectOf(event), to: null, cause, article, planned: { days, unit } };
}

/** The last suspension, which is the open one, ends. */
export function closed(suspensions: readonly Suspension[], to: string): readonly Suspension[] {
  return suspensions.map((one, index) => (index === suspensions.length - 1 ? { ...one, to } : one));
}
