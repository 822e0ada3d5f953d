import { type DomainEvent, type FactsOf } from '#libs/engine/event-sourcing';
import { type WorkingCalendar } from '#libs/law/calendar';
import { type SubmittedApplication } from './facts.js';

/**
 * What each command of a chapter brings about, once the actor is competent and the stage is right: one entry for every
 * type, with what was looked up for it. It throws a `RuleViolation`, or returns events.
 */
export type Decide<
  Command extends { readonly type: string },
  Event extends DomainEvent,
  State extends SubmittedApplication = SubmittedApplication,
> = {
  readonly [Type in Command['type']]: (
    state: State,
    command: Extract<Command, { readonly type: Type }>,
    calendar: WorkingCalendar,
    facts: FactsOf<Extract<Command, { readonly type: Type }>>,
  ) => readonly Event[];
};
