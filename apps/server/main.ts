import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandBus } from '@nestjs/cqrs';
import { seed } from '#libs/seeding';
import { createHttpServer, InvalidConfig, openSystem, Policies, readConfig, Readiness } from '#libs/system';

/** After this long a shutdown cuts off whoever still sends. */
const SHUTDOWN_LIMIT_MS = 30_000;
/** How often a process that waits for its read models looks whether it was told to stop. */
const PROJECTION_WAIT_MS = 1_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const system = await openSystem(config);
  const { log, metrics, eventStore, projections } = system;
  metrics.observeProcess();
  metrics.observeProjections(() => projections.lag());
  const app = await createHttpServer(system);
  const stopping = new AbortController();
  let seeding: Promise<unknown> = Promise.resolve();

  const stop = (signal: NodeJS.Signals) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    log.info({ signal }, 'stopping: finishing what was accepted');
    setTimeout(() => {
      log.warn('cutting off connections that are still open');
      app.getHttpServer().closeAllConnections();
    }, SHUTDOWN_LIMIT_MS).unref();
    // What the seed has begun is finished first; a fault of it ends the process through main.
    void Promise.allSettled([seeding])
      .then(() => app.close())
      .then(
        () => log.info('stopped'),
        (err: unknown) => {
          log.fatal({ err }, 'could not stop in order');
          process.exitCode = 1;
        },
      );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);

  if (config.listens) {
    await app.listen({ host: config.host, port: config.port });
    log.info({ url: await app.getUrl() }, 'listening');
  }

  const readiness = app.get(Readiness);
  if (config.roles.has('api')) {
    seeding = seed(
      { commands: app.get(CommandBus), eventStore, logger: log },
      { mode: config.seed, print: (line) => process.stdout.write(`${line}\n`), signal: stopping.signal },
    );
    await seeding;
  }
  readiness.done('seed');

  const end = await eventStore.lastPosition();
  while (end !== null && !stopping.signal.aborted) {
    if (await projections.waitFor(end, PROJECTION_WAIT_MS, stopping.signal)) break;
    // A projection that stands still answers at once; it is in /health, and somebody may act.
    await delay(PROJECTION_WAIT_MS, undefined, { ref: false });
  }
  if (stopping.signal.aborted) return;
  readiness.done('projections');
  if (config.roles.has('clock')) app.get(Policies).start();
  log.info('ready');
}

main().catch((error: unknown) => {
  const text =
    error instanceof InvalidConfig ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
