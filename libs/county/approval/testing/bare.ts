import { type BareCommand } from '#libs/engine/event-sourcing-testing';
import { type ApplicationCommand } from '../application/application.commands.js';
import { type FireTimer } from '../application/timers.js';

/** What tests play: acts of people, and time. */
export type BareApplicationCommand = BareCommand<ApplicationCommand | FireTimer>;

export type Bare<Type extends BareApplicationCommand['type']> = Omit<
  Extract<BareApplicationCommand, { type: Type }>,
  'type' | 'id'
>;
