import { linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { type EnvironmentName, type EnvironmentSettings, openEnvironmentAt } from './environment.js';
import { syncPath } from './durable-files.js';
import { type EnvironmentFiles } from './environment-users.js';
import { isMarkOfRunning, markOfThisProcess } from './running-process.js';

/** A folder in which a process makes a data file. */
const UNFINISHED = /^unfinished-(\d+)-(\d+|x)-\d+-\d+$/;
let places = 0;

/**
 * Creates the data file of an environment, whole or not at all: LMDB writes the first pages of a new file before it syncs any,
 * so a power cut would leave half of them. Here the file is made in a folder of its own, synced and then linked to its place.
 * If another process has created one in the meantime, that one stays.
 * @throws StoreUnavailable when LMDB cannot make it; the system's error when the disk is full or does not let the process write
 */
export async function createDataFile(
  files: EnvironmentFiles,
  name: EnvironmentName,
  settings: EnvironmentSettings,
): Promise<void> {
  removeUnfinished(files.folder);
  const place = join(files.folder, `unfinished-${markOfThisProcess()}-${threadId}-${(places += 1)}`);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  try {
    await openEnvironmentAt(place, name, settings).close();
    const data = join(place, 'data.mdb');
    syncPath(data);
    putInPlace(data, files.data);
    syncPath(files.folder);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** A link never replaces a file, as a renaming would. */
function putInPlace(made: string, path: string): void {
  try {
    linkSync(made, path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    // Some file systems know no links.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(code)) throw error;
    renameSync(made, path);
  }
}

/** What processes left that ended before they were ready. */
function removeUnfinished(folder: string): void {
  for (const entry of readdirSync(folder)) {
    const [, pid, started] = UNFINISHED.exec(entry) ?? [];
    if (pid === undefined || started === undefined) continue;
    if (isMarkOfRunning(pid, started)) continue;
    rmSync(join(folder, entry), { recursive: true, force: true });
  }
}
