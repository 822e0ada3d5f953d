import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type RootDatabase } from 'lmdb';
import { type DataDisk, type WatchedFiles } from './data-disk.js';
import { createDataFile } from './create-environment.js';
import { type EnvironmentName, type EnvironmentSettings, openEnvironment } from './environment.js';
import { type EnvironmentUse } from './environment-use.js';
import { filesOf, mustBeWhatOthersHaveOpen } from './environment-users.js';

/** What a new environment needs at once: its lock file, its first pages. */
const FIRST_BYTES = 256 << 10;

/** An environment whose files are looked after from before it is opened until after it is closed. */
export interface WatchedEnvironment {
  readonly root: RootDatabase;
  readonly disk: DataDisk;
  readonly files: WatchedFiles;
  /** Of the data file. */
  readonly path: string;
  close(): Promise<void>;
}

/** @throws StoreBroken while another process has other files open than those that lie there */
export function mustNotBeOtherFiles(directory: string, name: EnvironmentName): void {
  mustBeWhatOthersHaveOpen(filesOf(join(directory, name)));
}

/**
 * @param use the handle's own note, which then says what is open; null for one that only reads
 * @throws StoreUnavailable, StoreFull; StoreBroken while another process has other files open
 */
export async function openWatched(
  directory: string,
  name: EnvironmentName,
  settings: EnvironmentSettings & { readonly disk: DataDisk },
  use: Pick<EnvironmentUse, 'opened'> | null,
): Promise<WatchedEnvironment> {
  const { disk, readOnly } = settings;
  disk.mustBeSound();
  const files = filesOf(join(directory, name));
  if (!readOnly) {
    mkdirSync(files.folder, { recursive: true, mode: 0o700 });
    // LMDB ends with SIGBUS when there is no room for the pages of its lock file.
    if (!existsSync(files.data) || !existsSync(files.lock)) disk.mustHaveRoomForReadModels(FIRST_BYTES);
    if (!existsSync(files.data)) await createDataFile(files, name, settings);
  }
  mustBeWhatOthersHaveOpen(files);
  const root = openEnvironment(directory, name, settings);
  try {
    use?.opened();
    // A process that opened it at the same moment has left its note already.
    mustBeWhatOthersHaveOpen(files);
    const watched = disk.watch(files, readOnly, () => usedBytesOf(root));
    return { root, disk, files: watched, path: files.data, close: () => close(root, watched) };
  } catch (error) {
    void root.close();
    throw error;
  }
}

function usedBytesOf(root: RootDatabase): number {
  const { lastPageNumber, pageSize } = root.getStats() as { lastPageNumber: number; pageSize: number };
  return (lastPageNumber + 1) * pageSize;
}

async function close(root: RootDatabase, files: WatchedFiles): Promise<void> {
  files.release();
  await root.close();
}
