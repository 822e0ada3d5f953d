import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { inPartitions, LeasedProjector, Projector, type ProjectorOptions } from '#libs/engine/event-sourcing';
import { allProjections, allUpcasters } from '#libs/reports';
import { MemoryAfterFilling } from './memory-after-filling.js';
import { openStores } from './open-stores.js';
import { Pace } from './paced-subscription.js';
import { sharesOf } from './projection-shares.js';
import {
  type FromProjectorThread,
  type ProjectorThreadData,
  type ToProjectorThread,
} from './projector-messages.js';
import { readTables } from './tables.js';

// Runs some of the projections in a thread of its own: see projector-threads.ts.

/**
 * Under load, read models are written four times a second at most, and in a fifth of the time; every two seconds at least.
 * It bounds how old a report is that nobody asked to be newer.
 */
const INTERVALS = { shortest: 250, longest: 2_000, timesAsLong: 5 };

const port = parentPort;
if (port === null) throw new Error('projector-thread.js is started by projector-threads.js only');
const tell = (message: FromProjectorThread) => port.postMessage(message);

const { config, keeps } = workerData as ProjectorThreadData;
const { eventStore, readStore, positionsAnEvent } = await openStores(config.dataDirectory, config.engines, {
  onBroken: ({ engine, reason, fault }) => tell({ kind: 'broken', engine, reason, fault }),
});
const pace = new Pace(INTERVALS);
const memory = new MemoryAfterFilling();
const projections = inPartitions(
  allProjections(await readTables(config), positionsAnEvent),
  config.projectionPartitions,
);
const options: ProjectorOptions = {
  upcasters: allUpcasters(),
  onProgress: () => {
    const status = projector.status();
    tell({ kind: 'progress', status });
    memory.note(status);
  },
  onFault: (fault) => tell({ kind: 'fault', fault }),
  onLive: (projection) => tell({ kind: 'live', projection }),
};
const projector: Projector | LeasedProjector =
  'leaseOwner' in keeps
    ? new LeasedProjector(pace.of(eventStore), readStore, projections, {
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
        pace.of(eventStore),
        readStore,
        projections.filter(({ name }) => keeps.includes(name)),
        options,
      );

async function start(): Promise<void> {
  await projector.start();
  tell({ kind: 'progress', status: projector.status() });
  tell({ kind: 'started' });
}

async function stop(): Promise<void> {
  await projector.stop();
  await readStore.close();
  await eventStore.close();
  port?.close();
}

port.on('message', (message: ToProjectorThread) => {
  switch (message) {
    case 'start':
      return void start();
    case 'hurry':
      return pace.hurry();
    case 'stop':
      return void stop();
  }
});
tell({ kind: 'ready' });
