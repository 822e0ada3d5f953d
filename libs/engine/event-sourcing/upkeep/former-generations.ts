import { checkpointKey, physicalModels } from '../reading/generation.js';
import { wholeOf } from '../reading/projection-partition.js';
import { type Projection } from '../reading/projection.js';
import { type Inventory, type ReadStore } from '../reading/read-store.js';

/**
 * Of these projections, those that queries do not read yet as this code fills them: of other versions, or of other
 * partitions, somebody may still have need.
 */
export async function notYetLive(
  readStore: ReadStore,
  kept: readonly Projection[],
): Promise<readonly Projection[]> {
  const waiting: Projection[] = [];
  for (const projection of kept) {
    const { name, version } = projection;
    const isRead =
      (await readStore.liveVersion(name)) === version &&
      (await readStore.liveVersion(wholeOf(projection).name)) === version &&
      (await readStore.checkpoint(checkpointKey(name, version))) !== null;
    if (!isRead) waiting.push(projection);
  }
  return waiting;
}

/**
 * What lies in the store and is none of these projections' present documents or checkpoints: former versions, projections
 * that are no more, other partitions, rebuilds that were cut off.
 */
export async function formerGenerations(
  readStore: ReadStore,
  kept: readonly Projection[],
): Promise<Inventory> {
  const models = new Set(kept.flatMap((each) => physicalModels(each, each.version)).map(({ name }) => name));
  const checkpoints = new Set(kept.map(({ name, version }) => checkpointKey(name, version)));
  const held = await readStore.inventory();
  return {
    models: held.models.filter((name) => !models.has(name)),
    checkpoints: held.checkpoints.filter((name) => !checkpoints.has(name)),
  };
}

/** Forgets them, checkpoints first: what is left when it is cut off is no projection's, and goes the next time. */
export async function dropGenerations(
  readStore: ReadStore,
  { models, checkpoints }: Inventory,
): Promise<void> {
  for (const checkpoint of checkpoints) await readStore.drop([], checkpoint);
  for (const model of models) await readStore.drop([model], model);
}
