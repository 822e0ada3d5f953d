import { type WorkingCalendar } from '#libs/law/calendar';
import { accept, close } from './decision.acts.js';
import { type ApplicationAccepted, type ApplicationClosed } from '../application/application.events.js';
import { type Existing } from '../application/application.state.js';
import { opinionsMustBeIn } from '../consultation/consultation.rules.js';
import { type CompleteImmediately } from './immediate.commands.js';
import { matterMustBeImmediate } from './immediate.rules.js';
import { materialsMustBeComplete } from '../intake/material.rules.js';

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
