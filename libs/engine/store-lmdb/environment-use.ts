import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { syncPath, writeDurably } from './durable-files.js';
import { type EnvironmentName } from './environment.js';
import { filesOf, noteUser, type UserNote, usersOf } from './environment-users.js';
import { damageOf, examineImage } from './image/examine-image.js';
import { examine } from './image/examination.js';
import { KINDS } from './image/kinds.js';

/**
 * LMDB trusts what it reads: a damaged page ends the process by a signal. So before an environment is opened, notes in its
 * folder say whether its files may be damaged, and only then are they examined: each handle that is open has a note in `users`,
 * and `left.json` says how the last one left the data file. After an orderly stop nothing is examined.
 */
const LEFT = 'left.json';
const DATA = 'data.mdb';
/** To read so much takes less time than to start a process for it. */
const SMALL_BYTES = 8 << 20;

/** How a data file was when the last process that had it open closed it in order. */
type Left = {
  readonly bytes: string;
  readonly inode: string;
  readonly modified: string;
  readonly changed: string;
};

/** One open handle of an environment. */
export interface EnvironmentUse {
  /** Something that is stored is not what was written: the next process that opens the files has them examined. */
  readonly suspect: () => void;
  /** LMDB has opened the files. */
  readonly opened: () => void;
  /** The handle is ready and nothing was stored through it yet. */
  readonly begun: () => void;
  /** The handle is closed. */
  readonly end: () => void;
}

/** Examines the files of an environment if they may be damaged; returns what is wrong, or null. */
export async function damageBeforeOpening(directory: string, name: EnvironmentName): Promise<string | null> {
  const environment = join(directory, name);
  const present = leftNow(environment);
  if (present === null) return null;
  const left = leftIn(environment);
  if (present.bytes === '0') return `${join(environment, DATA)} is empty`;
  const { running, gone } = usersOf(environment);
  const isAsLeft = JSON.stringify(present) === JSON.stringify(left);
  if (gone.length === 0 && (running.length > 0 || isAsLeft)) return null;
  const damage = await examined(directory, name, running.length > 0);
  if (damage === null) for (const file of gone) rmSync(file, { force: true });
  return damage;
}

/** Examines without being asked to by any note. */
export function damageIn(directory: string, name: EnvironmentName): Promise<string | null> {
  const environment = join(directory, name);
  const present = leftNow(environment);
  if (present === null || present.bytes === '0') return Promise.resolve(null);
  return examined(directory, name, usersOf(environment).running.length > 0);
}

/** True while another process, or another handle of this one, has the environment open. */
export function isInUse(directory: string, name: EnvironmentName): boolean {
  return usersOf(join(directory, name)).running.length > 0;
}

/** Notes a handle that is about to be opened. */
export function beginUse(directory: string, name: EnvironmentName): EnvironmentUse {
  const environment = join(directory, name);
  let note: UserNote | null = null;
  try {
    note = noteUser(filesOf(environment));
  } catch {
    // A full disk has no room for the note and is opened anyway: without `left.json` its files are examined the next time.
    rmSync(join(environment, LEFT), { force: true });
  }
  let isSuspect = false;
  return {
    suspect: () => {
      isSuspect = true;
    },
    opened: () => note?.opened(),
    begun: () => {
      if (leftIn(environment) !== null) return;
      syncPath(join(environment, DATA));
      leaveNote(environment);
    },
    end: () => {
      if (isSuspect) return;
      note?.withdraw();
      const { running, gone } = usersOf(environment);
      // The last one out says how the file is left.
      if (running.length === 0 && gone.length === 0) leaveNote(environment);
    },
  };
}

async function examined(directory: string, name: EnvironmentName, inUse: boolean): Promise<string | null> {
  const path = join(directory, name, DATA);
  const isSmall = !inUse && statSync(path).size <= SMALL_BYTES;
  const damage = isSmall
    ? damageOf(() => examineImage(path, KINDS[name]))
    : await examine(directory, name, inUse ? 'in-use' : 'at-rest');
  if (damage === null) return null;
  // Another process may have begun to write while the files were read as unused.
  if (!inUse && isInUse(directory, name)) return examined(directory, name, true);
  return `${path}: ${damage}`;
}

/** A power cut must not take the note away while what it warns of stays. */
function leaveNote(environment: string): void {
  const left = leftNow(environment);
  if (left === null) return;
  try {
    writeDurably(join(environment, LEFT), JSON.stringify(left));
  } catch {
    rmSync(join(environment, LEFT), { force: true });
  }
}

/** Null if there is no data file. */
function leftNow(environment: string): Left | null {
  const stat = statSync(join(environment, DATA), { bigint: true, throwIfNoEntry: false });
  if (!stat) return null;
  return {
    bytes: `${stat.size}`,
    inode: `${stat.ino}`,
    modified: `${stat.mtimeNs}`,
    changed: `${stat.ctimeNs}`,
  };
}

function leftIn(environment: string): Left | null {
  return noteIn(join(environment, LEFT)) as Left | null;
}

/** Null if there is no note, or it was cut off while it was written. */
function noteIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
