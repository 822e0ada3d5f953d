import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { type BareApplicationCommand } from './bare.js';
import { commands, decider, played } from './cases.js';
export const spec = deciderSpec(decider);

const granted = [commands.submit(), commands.accept(), commands.approve(), commands.deliver()];

export const ending = (validUntil: string) => [
  commands.submit(),
  commands.accept(),
  commands.approve({ validUntil }),
  commands.deliver(),
];

export const events = (...more: readonly BareApplicationCommand[]) => played(...granted, ...more).events;

export const refused = () =>
  played(commands.submit(), commands.accept(), commands.refuse(), commands.deliver()).events;
