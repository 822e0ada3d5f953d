import { join } from 'node:path';
import { Spool } from '#libs/engine/blobs';
import { type CounterHours, type NumberRules, type SignalSettings } from '#libs/county/approval';
import { type WorkingCalendar } from '#libs/law/calendar';
import { type SessionSchedule } from '#libs/county/coordination';
import {
  type EventStore,
  inPartitions,
  PersonalData,
  type PersonalKeys,
  type Projection,
  ReadModels,
  refuseUsedKeys,
  type ReadStore,
  type StoreBroken,
  defined,
} from '#libs/engine/event-sourcing';
import { jwtSecretOf } from '#libs/county/identity';
import { type LawCatalogue } from '#libs/law/citations';
import { type Clock, makeLogger, Metrics, SystemClock } from '#libs/shell/nest';
import { type RequestTerms } from '#libs/county/requests';
import { type Questionnaire } from '#libs/law/catalogue';
import { DataDisk } from '#libs/engine/store-lmdb';
import { Clamav, Uploads } from '#libs/shell/uploads';
import { type SpanExporter } from '@opentelemetry/sdk-trace-node';
import { type Logger } from 'pino';
import { allPersonalFields } from './all-personal-fields.js';
import { allProjections } from './all-projections.js';
import { type Config } from './config.js';
import { Engines } from './engines.js';
import { Heartbeats } from './heartbeats.js';
import { LogComparison } from './log-comparison.js';
import { observeAppends } from './observed-event-store.js';
import { blobsOf } from './open-blobs.js';
import { acknowledgedNoteOf, openPersonalKeys, openStores } from './open-stores.js';
import { makePrivate } from './private-directory.js';
import { type PastParts, PastReports } from './past/past-reports.js';
import { Projections } from './projections.service.js';
import { ProjectorThreads, type ProjectorThreadsOptions } from './projector-threads.js';
import { readTables } from './tables.js';
import { startTraces, type Traces } from './tracing.js';

/** The parts that everything else is made of, opened and not yet running. */
export interface System {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly calendar: WorkingCalendar;
  /** Every projection as it is kept, under the calendar and the policies of this process: whole or in partitions. */
  readonly kept: readonly Projection[];
  readonly metrics: Metrics;
  readonly signalSettings: SignalSettings;
  readonly numberRules: NumberRules;
  readonly sessionSchedule: SessionSchedule;
  readonly requestTerms: RequestTerms;
  readonly counterHours: CounterHours;
  /** Which matters the answers about a project ask for. */
  readonly questionnaire: Questionnaire;
  /** The laws that may be cited. */
  readonly laws: LawCatalogue;
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  /** Closed with the stores. */
  readonly personalKeys: PersonalKeys;
  readonly personal: PersonalData;
  readonly comparison: LogComparison;
  readonly engines: Engines;
  /** What lies under the embedded stores; null where nothing is embedded. */
  readonly disk: DataDisk | null;
  readonly models: ReadModels;
  /** null where this process does not keep the read models. */
  readonly projector: ProjectorThreads | null;
  readonly projections: Projections;
  /** Reports as they were. */
  readonly past: PastReports;
  /** Of the processes on the same read store; nothing is said or heard before they are started. */
  readonly heartbeats: Heartbeats;
  /** Contents of files, and how they are taken in. */
  readonly uploads: Uploads;
  readonly spool: Spool;
  /** null where traces are sent nowhere. */
  readonly traces: Traces | null;
  /** Key of local tokens. */
  readonly secret: Uint8Array;
}

export interface SystemOptions {
  readonly clock?: Clock;
  readonly log?: Logger;
  /** Called when an embedded store can never be used again: the process has to end. */
  readonly onBroken?: (error: StoreBroken) => void;
  readonly startThread?: ProjectorThreadsOptions['startThread'];
  /** Where spans go instead of the collector that the configuration names. */
  readonly spans?: SpanExporter;
  /** How the past is folded. Default: in a thread of its own. */
  readonly foldPast?: PastParts['fold'];
}

/** Documents that an api keeps decoded: those of a county's reports, some tens of megabytes at most. */
const DOCUMENTS_AT_HAND = 4_096;

/** Opens the stores that the configuration names and makes the parts. The caller must close the Nest application made of it. */
export async function openSystem(config: Config, options: SystemOptions = {}): Promise<System> {
  const log = options.log ?? makeLogger(config.logLevel);
  const tables = await readTables(config);
  const spansTo = options.spans ?? config.traces;
  const traces = spansTo === null ? null : await startTraces(spansTo);
  const metrics = new Metrics();
  const { onBroken, startThread } = options;
  if (config.jwtSecret === null) makePrivate(config.dataDirectory);
  const secret =
    config.jwtSecret === null
      ? await jwtSecretOf(config.dataDirectory)
      : new TextEncoder().encode(config.jwtSecret);
  const stores = await openStores(config.dataDirectory, config.engines, {
    documentsAtHand: config.roles.has('api') ? DOCUMENTS_AT_HAND : 0,
    ...defined({ onBroken }),
    // A server fills them again; a tool that runs next to it would not.
    ...(config.roles.size > 0 && {
      onDamaged: (what: string) =>
        log.warn({ what }, 'damaged read models: moved aside, they are built anew'),
    }),
  });
  const { readStore } = stores;
  const personalKeys = await openPersonalKeys(config.dataDirectory, config.engines, {
    ...defined({ onBroken }),
    ...(stores.disk !== null && { disk: stores.disk }),
  }).catch(async (error: unknown) => {
    await readStore.close();
    await stores.eventStore.close();
    throw error;
  });
  const personal = new PersonalData(personalKeys, allPersonalFields());
  const definitions = allProjections(tables, stores.positionsAnEvent);
  const partitions = config.projectionPartitions;
  const kept = inPartitions(definitions, partitions);
  const acknowledged = acknowledgedNoteOf(config);
  const comparison = new LogComparison(stores.eventStore, readStore, kept, acknowledged, personal);
  const models = new ReadModels(readStore, definitions, { partitions });
  const observed = comparison.guarded(
    observeAppends(stores.eventStore, (seconds) => metrics.appended(seconds)),
  );
  // The embedded log keeps an index of keys itself.
  const appending = config.engines.eventStoreUrl === null ? observed : refuseUsedKeys(observed, models);
  const eventStore = personal.sealing(appending);
  const projector = config.roles.has('projector')
    ? new ProjectorThreads({ config, tables }, kept, {
        onFault: (fault) => log.error({ fault }, 'a projection stands still'),
        onLive: (name) => models.refresh(name),
        ...defined({ onBroken, startThread }),
      })
    : null;
  const disk = stores.disk ?? new DataDisk(config.dataDirectory, { reserve: config.engines.diskReserve });
  const spool = new Spool(join(config.dataDirectory, 'uploads'), {
    mustHaveRoom: (bytes) => disk.mustHaveRoom(bytes),
  });
  const heartbeats = new Heartbeats(readStore, {
    roles: config.roles,
    silentMs: config.projectorLeaseMs,
  });
  const clock = options.clock ?? new SystemClock();
  return {
    config,
    log,
    clock,
    calendar: tables.calendar,
    kept,
    metrics,
    signalSettings: tables.signals,
    numberRules: tables.numbers,
    sessionSchedule: tables.sessions,
    requestTerms: tables.requests,
    counterHours: tables.counterHours,
    questionnaire: tables.questionnaire,
    laws: tables.laws,
    eventStore,
    readStore,
    personalKeys,
    personal,
    comparison,
    engines: new Engines(stores),
    disk: stores.disk,
    models,
    projector,
    projections: new Projections({
      eventStore,
      models,
      kept,
      projector,
      heartbeats,
      timeoutMs: config.afterTimeoutMs,
    }),
    past: new PastReports({
      config,
      eventStore,
      tables,
      clock,
      ...defined({ fold: options.foldPast }),
    }),
    heartbeats,
    traces,
    spool,
    uploads: new Uploads({
      blobs: blobsOf(config),
      spool,
      scanner: config.files.clamav === null ? null : new Clamav(config.files.clamav),
      maxBytes: config.files.maxBytes,
      maxAtOnce: config.files.maxAtOnce,
    }),
    secret,
  };
}
