import { addWorkingDays, dayOf, endOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { type Ways } from '../core/varied-rules.js';
import { accept } from '../intake/intake.acts.js';
import { type ApplicationAccepted } from '../intake/intake.events.js';
import {
  keyMaterialsMustBeThere,
  type MaterialFacts,
  materialsMustNotBeKey,
} from '../intake/material.rules.js';
import {
  type AcceptWithDeficiency,
  type FulfilDeficiency,
  type LapseDeficiency,
} from './deficiency.commands.js';
import {
  type AcceptedWithDeficiency,
  type DeficiencyFulfilled,
  type DeficiencyLapsed,
} from './deficiency.events.js';
import {
  deadlineMustHavePassed,
  deficiencyMustBeOpen,
  deficiencyMustBeShort,
  materialsMustBeMissing,
  nothingMayBeThere,
} from './deficiency.rules.js';
import { type Deficiency, openDeficiency, type WithDeficiency } from './deficiency.state.js';

/** An ordinary acceptance, and an event with the material still owed. */
export function acceptWithDeficiency(
  calendar: WorkingCalendar,
  state: SubmittedApplication & WithDeficiency & Ways,
  { missing, days, meta }: AcceptWithDeficiency,
  { listed }: MaterialFacts,
): readonly (ApplicationAccepted | AcceptedWithDeficiency)[] {
  materialsMustNotBeKey(state.application, missing, listed);
  nothingMayBeThere(state, missing);
  deficiencyMustBeShort(state, days);
  keyMaterialsMustBeThere(state, listed, meta);
  const handInBy = endOfDay(addWorkingDays(calendar, dayOf(meta.occurredAt), days));
  return [
    accept(calendar, state, { meta }),
    { type: 'AcceptedWithDeficiency', version: 1, data: { ...idOf(state), missing: [...missing], handInBy } },
  ];
}

export function fulfilDeficiency(
  state: SubmittedApplication & WithDeficiency & Ways,
  { materials, meta }: FulfilDeficiency,
): DeficiencyFulfilled {
  const { missing, handInBy } = deficiencyMustBeOpen(state);
  materialsMustBeMissing(state.application, materials, missing);
  const outstanding = missing.filter((name) => !materials.includes(name));
  return {
    type: 'DeficiencyFulfilled',
    version: 1,
    data: { ...idOf(state), materials: [...materials], outstanding, late: meta.occurredAt > handInBy },
  };
}

export function lapseDeficiency(
  state: SubmittedApplication & WithDeficiency & Ways,
  { meta }: LapseDeficiency,
): DeficiencyLapsed {
  const { missing, handInBy } = deficiencyMustBeOpen(state);
  deadlineMustHavePassed(state.application, handInBy, meta.occurredAt);
  return lapsed(state, { missing, handInBy });
}

const lapsed = (
  state: SubmittedApplication & WithDeficiency & Ways,
  { missing, handInBy }: Pick<Deficiency, 'missing' | 'handInBy'>,
): DeficiencyLapsed => ({
  type: 'DeficiencyLapsed',
  version: 1,
  data: { ...idOf(state), missing, handInBy },
});

/** The deadline by itself; nothing where all is there or the deadline is another. */
export function deficiencyDue(
  state: SubmittedApplication & WithDeficiency & Ways,
  at: string,
): readonly DeficiencyLapsed[] {
  const open = openDeficiency(state);
  return state.at === 'accepted' && open?.handInBy === at ? [lapsed(state, open)] : [];
}
