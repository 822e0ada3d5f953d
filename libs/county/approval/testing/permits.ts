import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { type Terms } from '../core/terms.js';
import { type BareApplicationCommand } from './bare.js';
import { commands, decider, opening, played, TERMS } from './cases.js';
export const spec = deciderSpec(decider);

/** A permit of construction is used within three months, and its use is postponed twice, three months each. */
export const USE = { months: 3, postponements: 2, postponementMonths: 3, article: '建筑法 Art. 9' };

/** What leads to a permit on these terms that was delivered. */
export const grantedOn = (terms: Terms) => [
  commands.submit({ opening: opening({ terms }) }),
  commands.accept(),
  commands.approve(),
  commands.deliver(),
];

const granted = grantedOn(TERMS);

export const ending = (validUntil: string) => [
  commands.submit(),
  commands.accept(),
  commands.approve({ validUntil }),
  commands.deliver(),
];

export const events = (...more: readonly BareApplicationCommand[]) => played(...granted, ...more).events;

export const refused = () =>
  played(commands.submit(), commands.accept(), commands.refuse(), commands.deliver()).events;
