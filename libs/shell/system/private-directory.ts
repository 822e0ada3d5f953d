import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InvalidConfig } from './invalid-config.js';

/** Read, write and search for the group and for everybody else. */
const OTHERS = 0o077;
const STICKY = 0o1000;
/** What this program writes below the data directory; nothing else is touched. */
const OURS = /^(events|keys|read-models|tmp|log-end|.*\.json|jwt-secret.*)$/;

/**
 * Restricts the data directory, or what exists of it, to its owner: 0700, its files 0600, whatever the umask is or was. Names,
 * opinions and the key of the tokens are in it.
 * @throws InvalidConfig when it belongs to another user and is open to others
 */
export function makePrivate(directory: string): void {
  makeDirectory(resolve(directory));
  const { mode } = statSync(directory);
  if ((mode & STICKY) !== 0 || resolve(directory) === resolve('/')) {
    throw new InvalidConfig('DATA_DIR', `${directory} is shared with others: choose a directory of its own`);
  }
  tighten(directory, directory);
  for (const name of readdirSync(directory))
    if (OURS.test(name)) tightenAll(join(directory, name), directory);
}

/**
 * Creates missing parents as well. Node's own recursive mkdir never returns when the file system reports ENOENT although the
 * parent exists, as /proc does.
 */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    const above = dirname(path);
    if (code !== 'ENOENT' || existsSync(above)) throw error;
    makeDirectory(above);
    makeDirectory(path);
  }
}

function tightenAll(path: string, directory: string): void {
  const found = tighten(path, directory);
  if (!found?.isDirectory()) return;
  for (const name of readdirSync(path)) tightenAll(join(path, name), directory);
}

/** Null when another process has just removed it. */
function tighten(path: string, directory: string): Stats | null {
  const found = path === directory ? statSync(path) : lstatSync(path, { throwIfNoEntry: false });
  if (!found || (!found.isDirectory() && !found.isFile())) return null;
  if ((found.mode & OTHERS) === 0) return found;
  try {
    chmodSync(path, found.isDirectory() ? 0o700 : 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new InvalidConfig(
      'DATA_DIR',
      `${directory}: ${path} is open to other users and belongs to user ${found.uid}, so it cannot be closed to them (${code}): chown it, or choose another directory`,
    );
  }
  return found;
}
