import { setTimeout as delay } from 'node:timers/promises';
import { type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type AccountDirectory } from '#libs/county/identity';
import { type CommandGateway } from '#libs/shell/nest';
import { type OpsListener } from './ops-listener.js';
import { type Policies } from './policies.service.js';
import { BlobSweep } from './blob-sweep.js';
import { type System } from './system.js';

/** How long a start waits for the read store to be prepared. */
const ENGINE_PATIENCE_MS = 3_000;

/**
 * Starts what runs next to requests, and ends it: Nest calls `onApplicationShutdown` once the HTTP server has finished
 * what it accepted, so that nothing is closed while a command still needs it.
 */
export class Lifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweep: BlobSweep;

  constructor(
    private readonly system: System,
    private readonly beside: {
      readonly directory: AccountDirectory;
      readonly gateway: CommandGateway;
      readonly policies: Policies;
      readonly ops: OpsListener;
    },
  ) {
    this.sweep = new BlobSweep(system);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.beside.directory.start();
    if (this.system.config.roles.has('api')) this.sweep.start();
    // An unavailable engine must not keep the process from reporting it: the projector keeps trying in the background.
    await Promise.race([
      this.system.projector?.start(),
      delay(ENGINE_PATIENCE_MS, undefined, { ref: false }),
    ]);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.beside.ops.close();
    await this.beside.gateway.idle();
    await this.beside.policies.stop();
    await this.sweep.stop();
    await this.beside.directory.stop();
    await this.system.projector?.stop();
    await this.system.past.close();
    await this.system.heartbeats.stop();
    await this.system.personalKeys.close();
    await this.system.readStore.close();
    await this.system.eventStore.close();
    await this.system.traces?.stop();
  }
}
