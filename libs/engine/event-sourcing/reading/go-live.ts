import { type Projection } from './projection.js';
import { partitionNames } from './projection-partition.js';
import { type ReadStore } from './read-store.js';

type Store = Pick<ReadStore, 'liveVersion' | 'goLive'>;

/**
 * Switches queries to this version of a projection. Partitions are read under the live version of the whole, which is switched
 * when the last of its partitions is, in whichever process. Returns the names that were switched.
 */
export async function goLive(store: Store, projection: Projection): Promise<readonly string[]> {
  await store.goLive(projection.name, projection.version);
  return [projection.name, ...(await goLiveTogether(store, projection))];
}

/** The second half of it, which may be left to do after a crash between the two. */
export async function goLiveTogether(
  store: Store,
  { partition, version }: Projection,
): Promise<readonly string[]> {
  if (!partition) return [];
  const { name } = partition.of;
  if ((await store.liveVersion(name)) === version) return [];
  for (const each of partitionNames(name, partition.count)) {
    if ((await store.liveVersion(each)) !== version) return [];
  }
  await store.goLive(name, version);
  return [name];
}
