import { playCommands } from '#libs/engine/event-sourcing-testing';
import { type WorkingCalendar } from '#libs/law/calendar';
import { applicationDecider } from '../application/application.decider.js';
import { type ApplicationState } from '../application/application.state.js';
import { type Opening } from '../intake/intake.commands.js';
import { type BareApplicationCommand, informed } from './bare.js';
import { applicant, at, commands, head, opening, reviewer, type Stored, window } from './cases.js';

/** Acts of people on one application, each at an instant: for tests in which it matters when. */
export const acts = (id: string) => {
  const of = (command: BareApplicationCommand): BareApplicationCommand => ({ ...command, id });
  return {
    submit: (when: string, given: Partial<Opening> = {}, promisedEnd: string | null = null) =>
      of(commands.submit({ opening: opening(given), promisedEnd, meta: at(applicant, when) })),
    accept: (when: string) => of(commands.accept({ meta: at(window, when) })),
    assign: (when: string) => of(commands.assign({ meta: at(head, when) })),
    step: (when: string, source: string | null = null) =>
      of(commands.step({ source, meta: at(reviewer, when) })),
    suspend: (when: string) => of(commands.suspend({ cause: 'hearing', days: 5, meta: at(head, when) })),
    escalate: (when: string) => of(commands.escalate({ meta: at(applicant, when) })),
    approve: (when: string) => of(commands.approve({ meta: at(head, when) })),
    deliver: (when: string) => of(commands.deliver({ meta: at(window, when) })),
  };
};

/** What acts come to under a calendar, all of them allowed. */
export function playedUnder(
  calendar: WorkingCalendar,
  ...given: readonly BareApplicationCommand[]
): { readonly state: ApplicationState; readonly events: readonly Stored[] } {
  const { state, events, refusals } = playCommands(
    applicationDecider({ calendar }),
    given.map((command) => informed(command)),
  );
  if (refusals[0]) throw refusals[0];
  return { state, events };
}
