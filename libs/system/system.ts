import { parseSignalPolicy, type SignalPolicy } from '#libs/approval';
import { calendarFrom, type WorkingCalendar } from '#libs/calendar';
import { type EventStore, Projector, ReadModels, type ReadStore } from '#libs/event-sourcing';
import { jwtSecretOf } from '#libs/identity';
import { type Clock, makeLogger, Metrics, SystemClock } from '#libs/nest';
import { allProjections, allUpcasters } from '#libs/reports';
import { readDataFile } from '#libs/seeding';
import { type Logger } from 'pino';
import { type Config } from './config.js';
import { observeAppends } from './observed-event-store.js';
import { openStores } from './open-stores.js';
import { Pace } from './paced-subscription.js';
import { Projections } from './projections.service.js';

/** Under load, read models are written this often: it bounds how old a report is that nobody asked to be newer. */
const PROJECTION_PACE_MS = 250;

/** The parts that everything else is made of, opened and not yet running. */
export interface System {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly calendar: WorkingCalendar;
  readonly metrics: Metrics;
  readonly signalPolicy: SignalPolicy;
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly models: ReadModels;
  /** null where this process does not keep the read models. */
  readonly projector: Projector | null;
  readonly projections: Projections;
  /** Key of local tokens. */
  readonly secret: Uint8Array;
}

export interface SystemOptions {
  readonly clock?: Clock;
  readonly log?: Logger;
}

/** Opens the stores of a data directory and makes the parts. Whoever opens it closes the Nest application made of it. */
export async function openSystem(config: Config, options: SystemOptions = {}): Promise<System> {
  const log = options.log ?? makeLogger(config.logLevel);
  const metrics = new Metrics();
  const secret =
    config.jwtSecret === null
      ? await jwtSecretOf(config.dataDirectory)
      : new TextEncoder().encode(config.jwtSecret);
  const policyFile = await readDataFile('policies', 'signals.yaml');
  const signalPolicy = parseSignalPolicy(policyFile.name, policyFile.text);
  const stores = await openStores(config.dataDirectory);
  const eventStore = observeAppends(stores.eventStore, (seconds) => metrics.appended(seconds));
  const { readStore } = stores;
  const definitions = allProjections();
  const models = new ReadModels(readStore, definitions);
  const pace = new Pace(PROJECTION_PACE_MS);
  const projector = config.roles.has('projector')
    ? new Projector(pace.of(eventStore), readStore, definitions, {
        upcasters: allUpcasters(),
        onFault: (fault) => log.error({ fault }, 'a projection stands still'),
        onLive: (name) => models.refresh(name),
      })
    : null;
  return {
    config,
    log,
    clock: options.clock ?? new SystemClock(),
    calendar: calendarFrom(),
    metrics,
    signalPolicy,
    eventStore,
    readStore,
    models,
    projector,
    projections: new Projections({
      eventStore,
      models,
      definitions,
      projector,
      pace,
      timeoutMs: config.afterTimeoutMs,
    }),
    secret,
  };
}
