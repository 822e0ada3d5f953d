import { checkpointKey, physicalModels } from '../reading/generation.js';
import { wholeOf } from '../reading/projection-partition.js';
import { type Projection } from '../reading/projection.js';
import { type Inventory, type ReadStore } from '../reading/read-store.js';

/**
 * Of these projections, those whose present version and partitions queries do not read yet: documents of the former ones may
 * still be needed.
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
 * What the store holds in addition to the present documents and checkpoints of these projections: former versions, removed
 * projections, other partitions, interrupted rebuilds.
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

/** Deletes them, checkpoints first: what is left after an interruption belongs to no projection and is deleted the next time. */
export async function dropGenerations(
  readStore: ReadStore,
  { models, checkpoints }: Inventory,
): Promise<void> {
  for (const checkpoint of checkpoints) await readStore.drop([], checkpoint);
  for (const model of models) await readStore.drop([model], model);
}
