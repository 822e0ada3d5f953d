import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type HttpCommandClass } from './act.js';

/** Where a controller keeps the commands it offers. */
export const COMMANDS_METADATA = 'zhitong:commands';
/** Where @CommandHandler keeps its command; @nestjs/cqrs does not export the name. */
const COMMAND_HANDLER_METADATA = '__commandHandler__';

/** Nest only warns of two handlers for one command, and finds out about none when it is sent: here both stop the start. */
@Injectable()
export class HandlerCheck implements OnApplicationBootstrap {
  constructor(private readonly discovery: DiscoveryService) {}

  onApplicationBootstrap(): void {
    const handlers = new Map<unknown, string[]>();
    for (const type of metatypes(this.discovery.getProviders())) {
      const command: unknown = Reflect.getMetadata(COMMAND_HANDLER_METADATA, type);
      if (command !== undefined) handlers.set(command, [...(handlers.get(command) ?? []), type.name]);
    }
    const offered = metatypes(this.discovery.getControllers()).flatMap(
      (type) =>
        (Reflect.getMetadata(COMMANDS_METADATA, type) as readonly HttpCommandClass[] | undefined) ?? [],
    );
    if (offered.length > 0 && handlers.size === 0) throw new Error('no command handler was found at all');
    const faults = offered
      .map((command) => ({ command: command.name, handlers: handlers.get(command) ?? [] }))
      .filter((found) => found.handlers.length !== 1)
      .map((found) => `${found.command} has ${found.handlers.join(' and ') || 'none'}`);
    if (faults.length > 0) throw new Error(`every command needs exactly one handler: ${faults.join('; ')}`);
  }
}

function metatypes(wrappers: readonly { readonly metatype: unknown }[]): { readonly name: string }[] {
  return wrappers
    .map((wrapper) => wrapper.metatype)
    .filter((type): type is { readonly name: string } & (() => unknown) => typeof type === 'function');
}
