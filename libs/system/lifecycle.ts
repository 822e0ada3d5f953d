import { type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type AccountDirectory } from '#libs/identity';
import { type CommandGateway } from '#libs/nest';
import { type System } from './system.js';

/**
 * Starts what runs beside requests, and ends it: Nest calls `onApplicationShutdown` once the HTTP server has finished
 * what it accepted, so that nothing is taken from under a command.
 */
export class Lifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly system: System,
    private readonly directory: AccountDirectory,
    private readonly gateway: CommandGateway,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.directory.start();
    await this.system.projector?.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.gateway.idle();
    await this.directory.stop();
    await this.system.projector?.stop();
    await this.system.readStore.close();
    await this.system.eventStore.close();
  }
}
