import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { Module, type Provider } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { Act, HttpCommand, type HttpCommandClass } from './act.js';
import { commandController } from './command-controller.js';
import { CommandGateway } from './command-gateway.js';
import { HandlerCheck } from './handler-check.js';
import { type CommandRunner, plainHandlers } from './command-handlers.js';

@Act({ type: 'Open', path: 'opening', roles: ['window'], summary: 'Open' })
class Open extends HttpCommand {
  declare readonly type: 'Open';
}
@Act({ type: 'Shut', path: 'shutting', roles: ['window'], summary: 'Shut' })
class Shut extends HttpCommand {
  declare readonly type: 'Shut';
}

const RUNNER = Symbol('runner');

/** Returns the stream and the type it was given. */
class EchoRunner implements CommandRunner<HttpCommand> {
  run(stream: string, command: HttpCommand): Promise<Receipt> {
    return Promise.resolve({
      stream: `${stream} ${command.type}`,
      revision: 0n,
      position: 0n,
      replayed: false,
    });
  }
}

function application(commands: readonly HttpCommandClass[], handlers: readonly Provider[]) {
  @Module({
    imports: [CqrsModule.forRoot(), DiscoveryModule],
    controllers: [commandController({ base: 'doors', tag: 'Doors', commands })],
    providers: [
      { provide: RUNNER, useClass: EchoRunner },
      { provide: CommandGateway, useValue: {} },
      HandlerCheck,
      ...handlers,
    ],
  })
  class Doors {}
  return NestFactory.createApplicationContext(Doors, { logger: false, abortOnError: false });
}

test('a command of a controller is handed to its runner', async () => {
  const app = await application([Open], plainHandlers({ runner: RUNNER, streamPrefix: 'door-' }, [Open]));
  const command = Object.assign(new Open(), { id: 'front' });
  expect(await app.get(CommandBus).execute(command)).toEqual({
    stream: 'door-front Open',
    revision: 0n,
    position: 0n,
    replayed: false,
  });
  await app.close();
});

test('a command without a handler, or with two, stops the start', async () => {
  await expect(
    application([Open, Shut], plainHandlers({ runner: RUNNER, streamPrefix: 'door-' }, [Open])),
  ).rejects.toThrow('every command needs exactly one handler: Shut has none');
  await expect(
    application(
      [Open],
      [
        ...plainHandlers({ runner: RUNNER, streamPrefix: 'door-' }, [Open]),
        ...plainHandlers({ runner: RUNNER, streamPrefix: 'gate-' }, [Open]),
      ],
    ),
  ).rejects.toThrow('every command needs exactly one handler: Open has OpenHandler and OpenHandler');
});
