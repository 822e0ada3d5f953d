import { Inject, type Provider, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type DomainCommand, type Receipt } from '#libs/engine/event-sourcing';
import { type HttpCommand, type HttpCommandClass } from './act.js';

/** What a handler needs of a DeciderRunner. */
export interface CommandRunner<Command extends DomainCommand> {
  run(stream: string, command: Command): Promise<Receipt>;
}

type RunnerToken = symbol | (abstract new (...args: never[]) => CommandRunner<never>);

/**
 * Handlers for the commands that need nothing looked up: each only hands its command to the runner. Nest wants one
 * class per command; this makes them, so that twelve commands do not become twelve empty files.
 */
export function plainHandlers(
  runner: RunnerToken,
  streamPrefix: string,
  commands: readonly HttpCommandClass[],
): Provider[] {
  return commands.map((command) => plainHandler(runner, streamPrefix, command));
}

function plainHandler(
  runner: RunnerToken,
  streamPrefix: string,
  command: HttpCommandClass,
): Type<ICommandHandler> {
  class PlainHandler implements ICommandHandler<HttpCommand> {
    constructor(@Inject(runner) private readonly runner: CommandRunner<HttpCommand>) {}

    execute(command: HttpCommand): Promise<Receipt> {
      return this.runner.run(streamPrefix + command.id, command);
    }
  }
  Object.defineProperty(PlainHandler, 'name', { value: `${command.name}Handler` });
  CommandHandler(command)(PlainHandler);
  return PlainHandler;
}
