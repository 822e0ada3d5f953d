import { compareModels, type DocumentDifference } from './compare-models.js';
import { type EventStore } from '../log/event-store.js';
import { type StoredEvent } from '../log/event.js';
import {
  checkpointKey,
  type Generation,
  modelsOf,
  physicalModel,
  physicalModels,
} from '../reading/generation.js';
import { goLive } from '../reading/go-live.js';
import { placeOf } from '../reading/log-match.js';
import { type Projection } from '../reading/projection.js';
import { ProjectionRun } from '../reading/projection-run.js';
import { type Checkpoint, type ReadStore, type Write } from '../reading/read-store.js';
import { Upcasters } from '../log/upcasters.js';

export interface RebuildOptions {
  readonly upcasters?: Upcasters;
  /** Events in one batch at most. Default 2,000. */
  readonly batchSize?: number;
  /** Called with the position after each batch. */
  readonly onProgress?: (position: bigint) => void;
  readonly signal?: AbortSignal;
}

/** A projection filled from the first event, next to the live one. */
export interface Rebuilt {
  readonly projection: Projection;
  readonly generation: Generation;
  /** Where it ends; null when the log was empty up to there. */
  readonly checkpoint: Checkpoint | null;
}

/** The outcome of comparing what queries read with a rebuild from zero. */
export interface Verification {
  readonly projection: string;
  readonly version: number;
  /** Position at which both were compared; null when the live projection has seen nothing. */
  readonly position: bigint | null;
  readonly differences: readonly DocumentDifference[];
  /** True when there were more differences than were asked for. */
  readonly hasMore: boolean;
}

const BATCH = 2_000;
const scratch = (projection: Projection): Generation => `${projection.version}~rebuild`;

/**
 * Fills scratch generations of projections from zero, up to and including a position (default: the newest event), in one
 * reading of the log. Live documents are neither read nor touched.
 * @throws Error when an event cannot be folded
 */
export async function rebuildProjections(
  eventStore: EventStore,
  readStore: ReadStore,
  projections: readonly Projection[],
  options: RebuildOptions & { readonly upTo?: bigint } = {},
): Promise<readonly Rebuilt[]> {
  const runs = await scratchRuns(readStore, projections, options);
  const upTo = options.upTo ?? (await eventStore.lastPosition());
  if (upTo !== null) {
    await fill(
      eventStore,
      runs.map((run) => ({ run, upTo })),
      options,
    );
  }
  return runs.map(({ projection, generation, checkpoint }) => ({ projection, generation, checkpoint }));
}

/**
 * Rebuilds from zero, in one reading of the log, and compares with the live versions, document by document, each at its
 * own position, while the live ones may go on: what they fold after that position is not compared. The scratch
 * generations are dropped at the end. `limit`: the most differences listed for a projection, default 1,000.
 * @throws Error when another version of one of them than this code's is live
 */
export async function verifyProjections(
  eventStore: EventStore,
  readStore: ReadStore,
  projections: readonly Projection[],
  options: RebuildOptions & { readonly limit?: number } = {},
): Promise<readonly Verification[]> {
  for (const { name, version } of projections) {
    const live = await readStore.liveVersion(name);
    if (live === null || live === version) continue;
    throw new Error(
      `${name}: version ${live} is live, this code knows version ${version}: they cannot be compared`,
    );
  }
  for (const projection of projections)
    await readStore.define(physicalModels(projection, projection.version));
  const runs = await scratchRuns(readStore, projections, options);
  // The second round is short: it takes what was folded while the first one ran.
  for (let round = 0; round < 2; round++) await fill(eventStore, await behindLive(readStore, runs), options);

  const verifications: Verification[] = [];
  for (const run of runs) {
    verifications.push(await compareWithLive(readStore, run, options.limit ?? 1_000));
    await dropGeneration(readStore, run.projection, run.generation);
  }
  return verifications;
}

async function scratchRuns(
  readStore: ReadStore,
  projections: readonly Projection[],
  { upcasters = new Upcasters() }: RebuildOptions,
): Promise<readonly ProjectionRun[]> {
  const runs: ProjectionRun[] = [];
  for (const projection of projections) {
    const generation = scratch(projection);
    await dropGeneration(readStore, projection, generation);
    const run = new ProjectionRun(readStore, projection, upcasters, generation);
    await run.open();
    runs.push(run);
  }
  return runs;
}

async function behindLive(readStore: ReadStore, runs: readonly ProjectionRun[]): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (const run of runs) {
    const { name, version } = run.projection;
    const upTo = (await readStore.checkpoint(checkpointKey(name, version)))?.position;
    if (upTo !== undefined) targets.push({ run, upTo });
  }
  return targets;
}

async function compareWithLive(
  readStore: ReadStore,
  { projection, generation, checkpoint }: ProjectionRun,
  limit: number,
): Promise<Verification> {
  const { name, version } = projection;
  const position = checkpoint?.position ?? null;
  const differences: DocumentDifference[] = [];
  for (const { name: model } of modelsOf(projection)) {
    const pair = {
      model,
      actual: physicalModel(model, version),
      expected: physicalModel(model, generation),
      upTo: position ?? -1n,
    };
    for await (const difference of compareModels(readStore, pair)) {
      if (differences.push(difference) > limit) break;
    }
    if (differences.length > limit) break;
  }
  return {
    projection: name,
    version,
    position,
    differences: differences.slice(0, limit),
    hasMore: differences.length > limit,
  };
}

/**
 * Puts a rebuilt generation in place of the live documents and drops the scratch. No projector may be running. A crash
 * on the way leaves the live version without a checkpoint: the projector then fills it from zero.
 */
export async function adoptRebuild(
  readStore: ReadStore,
  { projection, generation, checkpoint }: Rebuilt,
): Promise<void> {
  const { name, version } = projection;
  const run = new ProjectionRun(readStore, projection, new Upcasters());
  await dropGeneration(readStore, projection, version);
  await run.open();
  if (checkpoint) {
    // Tallies first, as in every save, each with what it has seen: a beginning of this is a state after a crash.
    const models = modelsOf(projection).map((model) => model.name);
    let writes: Write[] = [];
    for (const model of [...models.slice(1), ...models.slice(0, 1)]) {
      for await (const { document, seen } of readStore.scan(physicalModel(model, generation))) {
        writes.push({ model: physicalModel(model, version), document, seen });
        if (writes.length < BATCH) continue;
        // Under the scratch's key, which stays as it is: the live checkpoint comes with the last write only.
        await readStore.save(checkpointKey(name, generation), writes, checkpoint);
        writes = [];
      }
    }
    await readStore.save(run.key, writes, checkpoint);
  }
  await goLive(readStore, projection);
  await dropGeneration(readStore, projection, generation);
}

/** Forgets one generation's documents and checkpoint. */
export async function dropGeneration(
  readStore: ReadStore,
  projection: Projection,
  generation: Generation,
): Promise<void> {
  const models = physicalModels(projection, generation);
  await readStore.define(models);
  await readStore.drop(
    models.map(({ name }) => name),
    checkpointKey(projection.name, generation),
  );
}

/** A projection being filled, and the last position that it takes. */
interface Target {
  readonly run: ProjectionRun;
  readonly upTo: bigint;
}

/** Reads the log once, from where the one that is furthest behind stands. */
async function fill(
  eventStore: EventStore,
  targets: readonly Target[],
  { batchSize = BATCH, onProgress, signal }: RebuildOptions,
): Promise<void> {
  const take = async (batch: readonly StoredEvent[]): Promise<void> => {
    for (const { run, upTo } of targets) {
      const part = batch.filter(({ position }) => position <= upTo);
      const last = part.at(-1);
      if (!last) continue;
      await run.apply(part, placeOf(last));
      if (run.fault)
        throw new Error(`${run.projection.name} at position ${last.position}: ${run.fault.message}`);
    }
    const end = batch.at(-1);
    if (end) onProgress?.(end.position);
    signal?.throwIfAborted();
  };
  const behind = targets.filter(({ run, upTo }) => run.position < upTo);
  if (behind.length === 0) return;
  const from = behind.map(({ run }) => run.position).reduce((low, one) => (one < low ? one : low));
  const to = behind.map(({ upTo }) => upTo).reduce((high, one) => (one > high ? one : high));
  let batch: StoredEvent[] = [];
  for await (const event of eventStore.readAll(from < 0n ? null : from)) {
    if (event.position > to) break;
    batch.push(event);
    if (batch.length < batchSize) continue;
    await take(batch);
    batch = [];
  }
  await take(batch);
  for (const { run } of targets) await run.flush();
}
