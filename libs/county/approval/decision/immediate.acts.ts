import { type WorkingCalendar } from '#libs/law/calendar';
import { opinionsMustBeIn } from '../consultation/consultation.rules.js';
import { type Existing, type Facts } from '../core/facts.js';
import { refuse } from '../core/refuse.js';
import { isImmediate } from '../core/terms.js';
import { accept } from '../intake/intake.acts.js';
import { type ApplicationAccepted } from '../intake/intake.events.js';
import { materialsMustBeComplete } from '../intake/material.rules.js';
import { close } from './decision.acts.js';
import { type ApplicationClosed } from './decision.events.js';
import { type CompleteImmediately } from './immediate.commands.js';

/** Acceptance and completion in one act at the window, at one instant. */
export function completeImmediately(
  calendar: WorkingCalendar,
  state: Existing,
  { outcome, listed, meta }: CompleteImmediately,
): readonly [ApplicationAccepted, ApplicationClosed] {
  matterMustBeImmediate(state);
  opinionsMustBeIn(state, meta.occurredAt);
  materialsMustBeComplete(state, listed);
  const accepted = accept(calendar, state, { meta });
  const { due, custody } = accepted.data;
  const after: Existing = {
    ...state,
    at: 'accepted',
    due,
    holder: custody.holder,
    since: custody.ended?.to ?? state.since,
  };
  return [accepted, close(after, { outcome, meta })];
}

export function matterMustBeImmediate(facts: Facts): void {
  const { application, terms } = facts;
  if (!isImmediate(facts))
    refuse('application.not-immediate', { application, days: terms.promised?.days ?? '—' }, 'state');
}
