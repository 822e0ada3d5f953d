import { type Informed } from '#libs/engine/event-sourcing';
import { type ApplicationCommand } from './application.commands.js';

/** Whether a command with its facts is of a type, so that the facts are known to be those of that type. */
export function isOfType<Sent extends Informed<ApplicationCommand>, Type extends ApplicationCommand['type']>(
  sent: Sent,
  type: Type,
): sent is Sent & Informed<Extract<ApplicationCommand, { readonly type: Type }>> {
  return sent.command.type === type;
}
