import { type BareCommand } from '#libs/engine/event-sourcing-testing';
import { type ApplicationCommand } from '../application/application.commands.js';

export type BareApplicationCommand = BareCommand<ApplicationCommand>;

export type Bare<Type extends ApplicationCommand['type']> = Omit<
  Extract<BareApplicationCommand, { type: Type }>,
  'type' | 'id'
>;
