import 'reflect-metadata';
import { EXIT, type ExitCode } from '#libs/shell/exit-codes';
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandBus } from '@nestjs/cqrs';
import {
  type Receipt,
  retry,
  type StoreBroken,
  StoreFull,
  StoreUnavailable,
} from '#libs/engine/event-sourcing';
import { playsCounty, seed, type Seeded } from '#libs/shell/seeding';
import { playDemoCounty } from '#libs/shell/simulation';
import { type HttpCommand } from '#libs/shell/nest';
import {
  createHttpServer,
  failureOf,
  giveMemoryBack,
  listen,
  openSystem,
  OpsListener,
  Policies,
  readConfig,
  Readiness,
  SYSTEM_ROLES,
} from '#libs/shell/system';

/** After this long a shutdown ends connections that are still sending. */
const SHUTDOWN_LIMIT_MS = 30_000;
/** After this long a shutdown is over, whatever a store still waits for. */
const STOP_LIMIT_MS = 45_000;
/** The same where the data are gone: there is nothing to finish. */
const BROKEN_LIMIT_MS = 3_000;
/** How often a process that waits for its read models checks whether it should stop. */
const PROJECTION_WAIT_MS = 1_000;
/** Pause before what an engine that is away has refused is tried again. */
const ENGINE_BACK_OFF = { first: 1_000, longest: 1_000 };
/** How long a start waits to hear that its log is the right one before it listens: an engine may be away. */
const COMPARISON_MS = 1_000;

async function main(): Promise<void> {
  // The umask of the parent process may leave files open to other users, who must not read them.
  process.umask(0o077);
  const config = readConfig(process.env);
  let stopBroken = (error: StoreBroken): void => endBecause(error);
  const system = await openSystem(config, { onBroken: (error) => stopBroken(error) });
  const { log, metrics, eventStore, projections, engines, heartbeats } = system;
  metrics.observeProcess();
  metrics.observeEngines(() => engines.states());
  metrics.observeLog(() => engines.log());
  metrics.observeProjections(() => projections.lag());
  metrics.observeRoles(SYSTEM_ROLES, () => heartbeats.missing());
  const { disk } = system;
  if (disk) metrics.observeDisk(() => disk.state());
  const stopping = new AbortController();
  let seeding: Promise<Seeded | null> = Promise.resolve(null);

  /** Repeats a step of the start until its engine is available; null when the process should stop in the meantime. */
  const retryUntilAvailable = <T>(work: () => Promise<T>): Promise<T | null> =>
    retry(work, {
      backOff: ENGINE_BACK_OFF,
      signal: stopping.signal,
      isWorthIt: (err) => {
        if (!(err instanceof StoreUnavailable) || err instanceof StoreFull) return false;
        log.warn({ err }, 'waiting for an engine that is away');
        return true;
      },
    });

  const compared = retryUntilAvailable(() => system.comparison.mustBeRight());
  // The code that awaits it below gets its error.
  compared.catch(() => undefined);
  await Promise.race([compared, delay(COMPARISON_MS)]);
  const app = await createHttpServer(system);

  const stop = (reason: string, limitMs: number, code: ExitCode) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    log.info({ reason }, 'stopping: finishing what was accepted');
    setTimeout(() => {
      log.warn('cutting off connections that are still open');
      app.getHttpServer().closeAllConnections();
    }, SHUTDOWN_LIMIT_MS).unref();
    setTimeout(() => {
      log.fatal('could not stop in time');
      endWith(code === EXIT.stopped ? EXIT.unexpected : code);
    }, limitMs).unref();
    // What the seed has begun is finished first; a fault of it ends the process through main.
    void Promise.allSettled([seeding])
      .then(() => app.close())
      .then(
        () => {
          log.info('stopped');
          process.exitCode = code;
        },
        (err: unknown) => {
          log.fatal({ err }, 'could not stop in order');
          process.exitCode = code === EXIT.stopped ? EXIT.unexpected : code;
        },
      );
  };
  process.once('SIGTERM', (signal) => stop(signal, STOP_LIMIT_MS, EXIT.stopped));
  process.once('SIGINT', (signal) => stop(signal, STOP_LIMIT_MS, EXIT.stopped));
  stopBroken = (error) => {
    const { code, text } = failureOf(error);
    // After a failed write nothing more is trusted, this process's memory least (docs/gotchas.md).
    if (error.fault === 'input-output') endBecause(error);
    say(text);
    stop(text, BROKEN_LIMIT_MS, code);
  };

  await listen(app, system);
  log.info({ url: await app.getUrl(), ops: app.get(OpsListener).url, roles: [...config.roles] }, 'listening');

  await retryUntilAvailable(() => system.comparison.mayGoOn());
  compared.catch((error: unknown) => {
    const { code, text } = failureOf(error);
    say(text);
    stop(text, BROKEN_LIMIT_MS, code);
  });
  const readiness = app.get(Readiness);
  if (config.roles.has('api')) {
    const commands = app.get(CommandBus);
    const { signal } = stopping;
    seeding = retryUntilAvailable(async () => {
      const seeded = await seed(
        { commands, eventStore, logger: log },
        { mode: config.seed, print: (line) => process.stdout.write(`${line}\n`), signal },
      );
      if (!playsCounty(config.seed)) return seeded;
      const execute = (command: HttpCommand) => commands.execute<Receipt>(command);
      const now = new Date(system.clock.now()).toISOString();
      await playDemoCounty({ execute, calendar: system.calendar, eventStore, logger: log, now }, { signal });
      return seeded;
    });
  }
  const seeded = await seeding;
  readiness.done('seed');

  const end = await retryUntilAvailable(() => eventStore.lastPosition());
  while (end !== null && !stopping.signal.aborted) {
    if (await retryUntilAvailable(() => projections.waitFor(end, PROJECTION_WAIT_MS, stopping.signal))) break;
    // A faulted projection ends the wait at once; it is shown in /health, and an operator may act.
    await delay(PROJECTION_WAIT_MS, undefined, { ref: false });
  }
  if (stopping.signal.aborted) return;
  readiness.done('projections');
  if (config.roles.has('clock')) app.get(Policies).start();
  log.info('ready');
  // A first start holds several times the memory that the server needs from then on.
  if (seeded !== null && (seeded.imported !== null || seeded.accounts.length > 0)) giveMemoryBack();
}

/** Without the logger, which may be slower than the end. */
function say(text: string): void {
  writeSync(process.stderr.fd, `${text}\n`);
}

function endBecause(error: unknown): never {
  const { code, text } = failureOf(error);
  say(text);
  endWith(code);
}

/** lmdb's own listener would wait for a disk that may never answer; what was acknowledged is on it already. */
function endWith(code: ExitCode): never {
  process.removeAllListeners('exit');
  process.exit(code);
}

main().catch(endBecause);
