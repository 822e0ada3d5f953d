import { chmod, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from './failure.js';

/** Holds what is being written, until it is whole. */
const UNFINISHED = 'unfinished';

/**
 * Fills a folder that does not exist or is empty, with all or nothing: everything is written into a folder below it, and its
 * `parts` are moved out of there at the end, the one without which the rest means nothing last. The folder is its owner's alone.
 * @param parts those that `fill` does not make are left out
 * @throws UserError in one sentence when the folder is not empty or cannot be written to
 */
export async function fillFolder<T>(
  folder: string,
  parts: readonly string[],
  fill: (unfinished: string) => Promise<T>,
): Promise<T> {
  try {
    return await filled(folder, parts, fill);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new UserError(`${folder}: ${error.message}`);
    throw error;
  }
}

async function filled<T>(
  folder: string,
  parts: readonly string[],
  fill: (unfinished: string) => Promise<T>,
): Promise<T> {
  const isNew = await makeOrFindEmpty(folder);
  const unfinished = join(folder, UNFINISHED);
  // Where another process came at the same moment, this fails and leaves the folder to it.
  await mkdir(unfinished, { mode: 0o700 });
  const moved: string[] = [];
  try {
    if (!isNew) await chmod(folder, 0o700);
    const result = await fill(unfinished);
    for (const part of parts) {
      if (!(await readdir(unfinished)).includes(part)) continue;
      await rename(join(unfinished, part), join(folder, part));
      moved.push(part);
    }
    await rmdir(unfinished);
    await flush(folder);
    return result;
  } catch (error) {
    for (const part of [...moved, UNFINISHED]) await rm(join(folder, part), { recursive: true, force: true });
    if (isNew) await rmdir(folder);
    throw error;
  }
}

/** Returns whether the folder was created. */
async function makeOrFindEmpty(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  if ((await readdir(folder)).length > 0)
    throw new UserError(`${folder} is not empty: choose a directory that is empty or does not exist`);
  return false;
}

/** Waits until a file, or the names in a folder, are on the disk. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
