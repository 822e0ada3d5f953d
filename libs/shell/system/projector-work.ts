import { isMainThread } from 'node:worker_threads';
import { inPartitions, LeasedProjector, Projector, type ProjectorOptions } from '#libs/engine/event-sourcing';
import { allProjections, allUpcasters } from './all-projections.js';
import { openStores } from './open-stores.js';
import { Throttle } from './paced-subscription.js';
import { sharesOf } from './projection-shares.js';
import {
  type FromProjectorThread,
  type ProjectorThreadData,
  type ToProjectorThread,
} from './projector-messages.js';
import { tablesReceived } from './sent-tables.js';
import { startTraces } from './tracing.js';

/**
 * Under load, read models are written four times a second at most, and in a fifth of the time; every two seconds at least.
 * It bounds how old a report may be when `after` is not given.
 */
const INTERVALS = { shortest: 250, longest: 2_000, timesAsLong: 5 };

/** The thread's end of the messages that it and the rest of the process send each other. */
export interface ThreadPort {
  postMessage(message: FromProjectorThread): void;
  on(event: 'message', hear: (message: ToProjectorThread) => void): unknown;
  close(): void;
}

/** Runs some of the projections, on stores of its own, as the other end of the port says: see projector-threads.ts. */
export async function keepProjections(
  { config, tables, keeps }: ProjectorThreadData,
  port: ThreadPort,
  onProgress: (status: ReturnType<Projector['status']>) => void = () => undefined,
): Promise<void> {
  // Of this thread: the rest of the process measures its own.
  const traces = isMainThread || config.traces === null ? null : await startTraces(config.traces);
  const tell = (message: FromProjectorThread) => port.postMessage(message);
  const { eventStore, readStore, positionsAnEvent } = await openStores(config.dataDirectory, config.engines, {
    onBroken: ({ engine, reason, fault }) => tell({ kind: 'broken', engine, reason, fault }),
  });
  const throttle = new Throttle(INTERVALS);
  const projections = inPartitions(
    allProjections(tablesReceived(tables), positionsAnEvent),
    config.projectionPartitions,
  );
  const options: ProjectorOptions = {
    upcasters: allUpcasters(),
    onProgress: () => {
      const status = projector.status();
      tell({ kind: 'progress', status });
      onProgress(status);
    },
    onFault: (fault) => tell({ kind: 'fault', fault }),
    onLive: (projection) => tell({ kind: 'live', projection }),
  };
  const projector: Projector | LeasedProjector =
    'leaseOwner' in keeps
      ? new LeasedProjector(throttle.of(eventStore), readStore, projections, {
          ...options,
          owner: keeps.leaseOwner,
          together: keeps.together,
          leaseMs: config.projectorLeaseMs,
          shares: sharesOf,
          onLeaseFault: (error) =>
            tell({
              kind: 'fault',
              fault: { projection: 'leases', position: null, type: null, message: String(error) },
            }),
        })
      : new Projector(
          throttle.of(eventStore),
          readStore,
          projections.filter(({ name }) => keeps.includes(name)),
          options,
        );

  const start = async (): Promise<void> => {
    await projector.start();
    tell({ kind: 'progress', status: projector.status() });
    tell({ kind: 'started' });
  };
  const stop = async (): Promise<void> => {
    await projector.stop();
    await readStore.close();
    await eventStore.close();
    await traces?.stop();
    port.close();
  };
  port.on('message', (message) => {
    switch (message) {
      case 'start':
        return void start();
      case 'flush':
        return throttle.flushNow();
      case 'stop':
        return void stop();
    }
  });
  tell({ kind: 'ready' });
}
