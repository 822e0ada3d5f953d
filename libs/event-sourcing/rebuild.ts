import { compareModels, type DocumentDifference } from './compare-models.js';
import { type EventStore } from './event-store.js';
import { type StoredEvent } from './event.js';
import { checkpointKey, type Generation, modelsOf, physicalModel, physicalModels } from './generation.js';
import { type Projection } from './projection.js';
import { ProjectionRun } from './projection-run.js';
import { type Checkpoint, type ReadStore, type Write } from './read-store.js';
import { Upcasters } from './upcasters.js';

export interface RebuildOptions {
  readonly upcasters?: Upcasters;
  /** Events in one batch at most. Default 2,000. */
  readonly batchSize?: number;
  /** Told of the position after each batch. */
  readonly onProgress?: (position: bigint) => void;
  readonly signal?: AbortSignal;
}

/** A projection filled from the first event, beside the live one. */
export interface Rebuilt {
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
 * Fills a scratch generation of a projection from zero, up to and including a position (default: the newest event).
 * Live documents are neither read nor touched.
 * @throws Error when an event cannot be folded
 */
export async function rebuildProjection(
  eventStore: EventStore,
  readStore: ReadStore,
  projection: Projection,
  options: RebuildOptions & { readonly upTo?: bigint } = {},
): Promise<Rebuilt> {
  const generation = scratch(projection);
  await dropGeneration(readStore, projection, generation);
  const run = new ProjectionRun(readStore, projection, options.upcasters ?? new Upcasters(), generation);
  await run.open();
  const upTo = options.upTo ?? (await eventStore.lastPosition());
  if (upTo !== null) await fill(eventStore, run, upTo, options);
  return { generation, checkpoint: run.checkpoint };
}

/**
 * Rebuilds from zero and compares with the live version, document by document, at the same position, while the live
 * one may go on: what it folds after that position is not compared. The scratch generation is dropped at the end.
 * `limit`: so many differences at most, default 1,000.
 * @throws Error when another version than this code's is live
 */
export async function verifyProjection(
  eventStore: EventStore,
  readStore: ReadStore,
  projection: Projection,
  options: RebuildOptions & { readonly limit?: number } = {},
): Promise<Verification> {
  const { name, version } = projection;
  const live = await readStore.liveVersion(name);
  if (live !== null && live !== version) {
    throw new Error(
      `${name}: version ${live} is live, this code knows version ${version}: they cannot be compared`,
    );
  }
  const generation = scratch(projection);
  await dropGeneration(readStore, projection, generation);
  const run = new ProjectionRun(readStore, projection, options.upcasters ?? new Upcasters(), generation);
  await run.open();
  const key = checkpointKey(name, version);
  // The second round is short: it takes what was folded while the first one ran.
  for (let round = 0; round < 2; round++) {
    const upTo = (await readStore.checkpoint(key))?.position;
    if (upTo !== undefined) await fill(eventStore, run, upTo, options);
  }

  const position = run.checkpoint?.position ?? null;
  const limit = options.limit ?? 1_000;
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
  await dropGeneration(readStore, projection, generation);
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
  projection: Projection,
  rebuilt: Rebuilt,
): Promise<void> {
  const { name, version } = projection;
  const run = new ProjectionRun(readStore, projection, new Upcasters());
  await dropGeneration(readStore, projection, version);
  await run.open();
  if (rebuilt.checkpoint) {
    // Tallies first, as in every save, each with what it has seen: a beginning of this is a state after a crash.
    const models = modelsOf(projection).map((model) => model.name);
    let writes: Write[] = [];
    for (const model of [...models.slice(1), ...models.slice(0, 1)]) {
      for await (const { document, seen } of readStore.scan(physicalModel(model, rebuilt.generation))) {
        writes.push({ model: physicalModel(model, version), document, seen });
        if (writes.length < BATCH) continue;
        // Under the scratch's key, which stays as it is: the live checkpoint comes with the last write only.
        await readStore.save(checkpointKey(name, rebuilt.generation), writes, rebuilt.checkpoint);
        writes = [];
      }
    }
    await readStore.save(run.key, writes, rebuilt.checkpoint);
  }
  await readStore.goLive(name, version);
  await dropGeneration(readStore, projection, rebuilt.generation);
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

async function fill(
  eventStore: EventStore,
  run: ProjectionRun,
  upTo: bigint,
  { batchSize = BATCH, onProgress, signal }: RebuildOptions,
): Promise<void> {
  const take = async (batch: readonly StoredEvent[]): Promise<void> => {
    const last = batch.at(-1);
    if (!last) return;
    await run.apply(batch, { position: last.position, recordedAt: last.metadata.recordedAt });
    if (run.fault)
      throw new Error(`${run.projection.name} at position ${last.position}: ${run.fault.message}`);
    onProgress?.(last.position);
    signal?.throwIfAborted();
  };
  let batch: StoredEvent[] = [];
  for await (const event of eventStore.readAll(run.checkpoint?.position ?? null)) {
    if (event.position > upTo) break;
    batch.push(event);
    if (batch.length < batchSize) continue;
    await take(batch);
    batch = [];
  }
  await take(batch);
  await run.flush();
}
