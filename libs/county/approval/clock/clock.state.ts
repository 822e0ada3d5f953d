import { type Recorded } from '#libs/engine/event-sourcing';
import { type Suspension } from '#libs/law/calendar';
import { type ApplicationEvent } from '../application/application.events.js';
import { type ClockFacts, type InternalStep, isSuspended } from '../core/clock-facts.js';
import { type Existing } from '../core/facts.js';
import { LICENSING_LAW } from '../core/refuse.js';
import { type StoppedClock } from '../core/terms.js';
import { effectOf } from '../core/times.rules.js';
import { type SupplementRequested, type SupplementSubmitted } from '../intake/intake.events.js';

/** Which internal step a case is at; null where it is not a department's turn. */
export function stepAt(stage: string, reviewer: unknown, suspended: boolean): InternalStep | null {
  if (stage === 'submitted') return 'acceptance';
  if (stage === 'decided') return 'delivery';
  if (stage !== 'accepted' || suspended) return null;
  return reviewer === null ? 'assignment' : 'review';
}

/** The facts of a clock on which nothing but the receipt is written. */
export function receivedClock(receivedAt: string): ClockFacts {
  return {
    materialsAt: receivedAt,
    acceptedAt: null,
    suspensions: [],
    extensions: [],
    stoppedAt: null,
    yellowTold: [],
    levelAt: null,
    step: { name: 'acceptance', since: receivedAt, warned: false },
  };
}

/** Whether an event changes what due dates follow from, and does not say what comes of it: they are to be derived. */
export const movesTermsUntold = ({ type }: { readonly type: ApplicationEvent['type'] }): boolean =>
  type === 'SupplementRequested' || type === 'SupplementSubmitted';

/** The clock after an event, of which `state` is the outcome in everything but the clock. */
export function clockAfter(state: Existing, event: Recorded<ApplicationEvent>): ClockFacts {
  const clock = written(state.clock, event);
  const name = stepAt(state.at, state.reviewer, isSuspended(clock));
  if (name === (clock.step?.name ?? null)) return clock;
  return { ...clock, step: name && { name, since: effectOf(event), warned: false } };
}

/**
 * The time in which the applicant completed what the one-time notice asked for (补正): by it a term that runs from receipt
 * is put off (建筑工程施工许可管理办法 Art. 5 [?]), and no department is late by what it waits for. One that runs from acceptance
 * has not begun. A second notice, which Art. 32(4) does not know, puts nothing off.
 */
export function supplementPeriodAfter(
  before: Suspension | undefined,
  event: Recorded<SupplementRequested> | Recorded<SupplementSubmitted>,
): { readonly supplementPeriod?: Suspension } {
  const at = effectOf(event);
  if (event.type === 'SupplementSubmitted') {
    return before?.to === null ? { supplementPeriod: { ...before, to: at } } : {};
  }
  if (event.data.round > 1) return {};
  return { supplementPeriod: { from: at, to: null, cause: 'supplement', article: NOTICE_ARTICLE } };
}

const NOTICE_ARTICLE = `${LICENSING_LAW} Art. 32(4)`;

type Writing = {
  readonly [Type in ApplicationEvent['type']]?: (
    clock: ClockFacts,
    event: Extract<Recorded<ApplicationEvent>, { type: Type }>,
  ) => ClockFacts;
};

const stopped = (
  clock: ClockFacts,
  { data }: { readonly data: { readonly clock: StoppedClock } },
): ClockFacts => ({ ...clock, stoppedAt: data.clock.stoppedAt });

const climbed = (
  clock: ClockFacts,
  { metadata }: { readonly metadata: { readonly occurredAt: string } },
): ClockFacts => ({ ...clock, levelAt: metadata.occurredAt });

/** What each event writes on the clock; any other leaves it alone. */
const WRITING: Writing = {
  SupplementRequested: (clock, event) => ({
    ...clock,
    ...supplementPeriodAfter(clock.supplementPeriod, event),
  }),
  SupplementSubmitted: (clock, event) => ({
    ...clock,
    materialsAt: effectOf(event),
    ...supplementPeriodAfter(clock.supplementPeriod, event),
  }),
  ApplicationAccepted: (clock, event) => ({ ...clock, acceptedAt: effectOf(event) }),
  ApplicationDeemedAccepted: (clock, { data }) => ({ ...clock, acceptedAt: data.acceptedAt }),
  ClockSuspended: (clock, event) => {
    const { cause, article } = event.data;
    return {
      ...clock,
      suspensions: [...clock.suspensions, { from: effectOf(event), to: null, cause, article }],
    };
  },
  ClockResumed: (clock, event) => ({
    ...clock,
    suspensions: closed(clock.suspensions, effectOf(event)),
  }),
  TimeLimitExtended: (clock, { data }) => {
    const { days, article, approvedBy: by } = data;
    return { ...clock, extensions: [...clock.extensions, { days, article, by }] };
  },
  ApplicationWarned: (clock, { data, metadata }) =>
    data.cause === 'term'
      ? { ...clock, yellowTold: [...clock.yellowTold, metadata.occurredAt] }
      : { ...clock, step: clock.step && { ...clock.step, warned: true } },
  ApplicationEscalated: climbed,
  ApplicationSentDown: climbed,
  AcceptanceRefused: (clock, event) => ({ ...clock, stoppedAt: effectOf(event) }),
  ApplicationApproved: stopped,
  ApplicationRefused: stopped,
  ApplicationWithdrawn: stopped,
  ApplicationClosed: stopped,
};

function written(clock: ClockFacts, event: Recorded<ApplicationEvent>): ClockFacts {
  const write = WRITING[event.type] as
    ((clock: ClockFacts, event: Recorded<ApplicationEvent>) => ClockFacts) | undefined;
  return write === undefined ? clock : write(clock, event);
}

/** The last suspension, which is the open one, ends. */
export function closed(suspensions: readonly Suspension[], to: string): readonly Suspension[] {
  return suspensions.map((one, index) => (index === suspensions.length - 1 ? { ...one, to } : one));
}
