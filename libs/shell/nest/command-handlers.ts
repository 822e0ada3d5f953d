import { Inject, type Provider, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type DomainCommand, type FactsOf, type JsonObject, type Receipt } from '#libs/engine/event-sourcing';
import { type HttpCommand, type HttpCommandClass } from './act.js';

/** What a handler needs of a DeciderRunner. */
export interface CommandRunner<Command extends DomainCommand> {
  run(stream: string, command: Command, facts?: unknown): Promise<Receipt>;
}

type RunnerToken = symbol | (abstract new (...args: never[]) => CommandRunner<never>);

/** Where an area's commands go: to its runner, on the stream of the thing that they name, or on the one that there is. */
type Destination = { readonly runner: RunnerToken } & (
  { readonly streamPrefix: string } | { readonly stream: string }
);

function streamOf(destination: Destination, { id }: HttpCommand): string {
  return 'stream' in destination ? destination.stream : destination.streamPrefix + id;
}

/** How the facts of one command are found in the stores of its area. */
export interface Lookup<Stores> {
  readonly command: HttpCommandClass;
  readonly find: (command: HttpCommand, stores: Stores) => Promise<unknown>;
  readonly details: ((command: HttpCommand, stores: Stores) => Promise<JsonObject>) | null;
}

/**
 * Says how to find what the rules of a command need and its caller does not send. The facts go to the decider next to the
 * command, which stays as it was sent. `details` is what the answer says in addition, once the command is on record.
 */
export function lookup<Command extends HttpCommand, Stores>(
  command: new () => Command,
  find: (command: Command, stores: Stores) => Promise<FactsOf<Command>> | FactsOf<Command>,
  details: ((command: Command, stores: Stores) => Promise<JsonObject>) | null = null,
): Lookup<Stores> {
  return {
    command,
    find: async (sent, stores) => find(sent as Command, stores),
    details: details && ((sent, stores) => details(sent as Command, stores)),
  };
}

/** One handler a lookup. Nest wants a class for each command; this makes them. `stores` is the class that has an area's stores. */
export function lookupHandlers<Stores>(
  destination: Destination,
  stores: Type<Stores>,
  lookups: readonly Lookup<Stores>[],
): Provider[] {
  return lookups.map(({ command, find, details }) => {
    class LookupHandler implements ICommandHandler<HttpCommand> {
      constructor(
        @Inject(destination.runner) private readonly runner: CommandRunner<HttpCommand>,
        @Inject(stores) private readonly stores: Stores,
      ) {}

      async execute(command: HttpCommand): Promise<Receipt> {
        const facts = await find(command, this.stores);
        const receipt = await this.runner.run(streamOf(destination, command), command, facts);
        if (details === null) return receipt;
        return { ...receipt, details: { ...receipt.details, ...(await details(command, this.stores)) } };
      }
    }
    return handlerOf(command, LookupHandler);
  });
}

/** Commands that need nothing looked up. */
type Plain<Command> = Command extends HttpCommandClass
  ? FactsOf<InstanceType<Command>> extends void
    ? Command
    : never
  : never;

/** Handlers for the commands that need nothing looked up: each only hands its command to the runner. */
export function plainHandlers<const Commands extends readonly HttpCommandClass[]>(
  destination: Destination,
  commands: Commands & { readonly [Index in keyof Commands]: Plain<Commands[Index]> },
): Provider[] {
  return commands.map((command) => {
    class PlainHandler implements ICommandHandler<HttpCommand> {
      constructor(@Inject(destination.runner) private readonly runner: CommandRunner<HttpCommand>) {}

      execute(command: HttpCommand): Promise<Receipt> {
        return this.runner.run(streamOf(destination, command), command);
      }
    }
    return handlerOf(command, PlainHandler);
  });
}

function handlerOf<Handler extends Type<ICommandHandler>>(
  command: HttpCommandClass,
  handler: Handler,
): Handler {
  Object.defineProperty(handler, 'name', { value: `${command.name}Handler` });
  CommandHandler(command)(handler);
  return handler;
}
