import { join } from 'node:path';
import { ReadModelsDamaged, type ReadStore } from '#libs/engine/event-sourcing';
import { type RootDatabase } from 'lmdb';
import { moveModelsAside } from './damaged-models.js';
import { DecodedDocuments } from './decoded-documents.js';
import { DataDisk } from './data-disk.js';
import { type OpenOptions } from './environment.js';
import { beginUse, damageBeforeOpening, isInUse } from './environment-use.js';
import { LmdbReadStore } from './lmdb-read-store.js';
import { FORMER_DATABASES } from './read-model-databases.js';
import { mustNotBeOtherFiles, openWatched } from './watched-environment.js';

const NAME = 'read-models';

export interface ReadStoreOptions extends OpenOptions {
  /**
   * Documents kept decoded, for a store that answers queries: see decoded-documents.ts. Default 0, which suits a projector: it
   * changes what it reads.
   */
  readonly documentsAtHand?: number;
  /**
   * If given, damaged read models are moved aside, so that they are built anew, and it is called with the damage. Default: they
   * are refused.
   */
  readonly onDamaged?: (what: string) => void;
}

/**
 * Opens (and creates, unless `readOnly`) the read models in `directory`. A save is whole or absent after a crash, but
 * not flushed one by one: what a power cut takes away is folded again from the log, after the checkpoint that was kept.
 * @throws StoreUnavailable, StoreFull, StoreBroken
 * @throws ReadModelsDamaged unless they may be moved aside
 */
export async function openLmdbReadStore(
  directory: string,
  options: ReadStoreOptions = {},
): Promise<ReadStore> {
  mustNotBeOtherFiles(directory, NAME);
  const damage = await damageBeforeOpening(directory, NAME);
  if (damage !== null) leaveBehind(directory, damage, options);
  const opened = await openIfOfThisRelease(directory, options);
  if (opened) return opened;
  leaveBehind(directory, `${join(directory, NAME)} is of an earlier release, without checksums`, options);
  return openLmdbReadStore(directory, options);
}

async function openIfOfThisRelease(directory: string, options: ReadStoreOptions): Promise<ReadStore | null> {
  const { readOnly = false, documentsAtHand, disk = new DataDisk(directory) } = options;
  const use = readOnly ? null : beginUse(directory, NAME);
  try {
    const settings = { durable: false, readOnly, disk };
    const environment = await openWatched(directory, NAME, settings, use);
    if (!isOfFormerRelease(environment.root)) {
      const decoded = documentsAtHand ? new DecodedDocuments(documentsAtHand) : null;
      const store = new LmdbReadStore(environment, readOnly, decoded, use);
      use?.begun();
      return store;
    }
    await environment.close();
    use?.end();
    return null;
  } catch (error) {
    if (error instanceof ReadModelsDamaged) use?.suspect();
    use?.end();
    throw error;
  }
}

function isOfFormerRelease(root: RootDatabase): boolean {
  return [...root.getKeys()].some((name) => FORMER_DATABASES.includes(String(name)));
}

/** @throws ReadModelsDamaged unless the caller allows moving them aside and no process uses them */
function leaveBehind(directory: string, damage: string, { onDamaged }: ReadStoreOptions): void {
  if (!onDamaged) throw new ReadModelsDamaged(`${damage}; the server builds them anew when it is started`);
  if (isInUse(directory, NAME))
    throw new ReadModelsDamaged(`${damage}; stop all processes on this directory, then start them again`);
  onDamaged(`${damage}; kept as ${moveModelsAside(directory)}`);
}
