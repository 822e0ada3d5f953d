import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { StoreBroken } from '#libs/engine/event-sourcing';
import { syncPath } from './durable-files.js';
import { identityOf } from './open-files.js';
import { isMarkOfRunning, markOfThisProcess } from './running-process.js';

// Each handle that may write has a note in the folder `users` of its environment. It serves two purposes. If its process is
// gone, the files were left as they were at that moment and may be damaged. And LMDB separates processes by a lock in lock.mdb:
// if that file is deleted while a process has it open, the next process creates a new one with a lock of its own, and both
// write as if each were alone. So a note says which files its process has open, and no process may open the environment while
// another has other files open than those in the folder.

/** The files of one LMDB environment. */
export interface EnvironmentFiles {
  readonly folder: string;
  readonly data: string;
  readonly lock: string;
}

export function filesOf(folder: string): EnvironmentFiles {
  return { folder, data: join(folder, 'data.mdb'), lock: join(folder, 'lock.mdb') };
}

const USERS = 'users';
/** Where an earlier release kept its notes, which say nothing to this one. */
const FORMER_USERS = 'open-by';
/** A note says everything by its name: a full disk still takes an empty file, and no file is half written. */
const NOTE = /^(\d+)-(\d+|x)-(\d+_\d+)-(\d+_\d+|x)-(\d+_\d+|x)-\d+\.\d+$/;
/** Of files that are not open yet. */
const NOT_YET = 'x';
let notes = 0;

/** The note of one handle. */
export interface UserNote {
  /** The files are open: the note says which. */
  opened(): void;
  withdraw(): void;
}

/** Notes a handle that is about to be opened; the note is on disk when this returns. */
export function noteUser({ folder, data, lock }: EnvironmentFiles): UserNote {
  const place = join(folder, USERS);
  rmSync(join(folder, FORMER_USERS), { recursive: true, force: true });
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const handle = `${threadId}.${(notes += 1)}`;
  const noteOf = (...files: readonly (string | null)[]) =>
    join(place, [markOfThisProcess(), identityOf(folder), ...files, handle].join('-'));
  let note = noteOf(NOT_YET, NOT_YET);
  writeFileSync(note, '', { mode: 0o600 });
  syncPath(place);
  return {
    opened: () => {
      const full = noteOf(identityOf(data), identityOf(lock));
      renameSync(note, full);
      note = full;
    },
    withdraw: () => rmSync(note, { force: true }),
  };
}

interface User {
  readonly pid: number;
  readonly data: string;
  readonly lock: string;
}

/** The notes in a folder: those of running processes, and the files of those whose process is gone. */
export function usersOf(folder: string): {
  readonly running: readonly User[];
  readonly gone: readonly string[];
} {
  const here = identityOf(folder);
  const running: User[] = [];
  const gone: string[] = [];
  for (const name of namesIn(join(folder, USERS))) {
    const [, pid = '', started = '', noted, data = '', lock = ''] = NOTE.exec(name) ?? [];
    // A note of another folder came here with a copy of it; one of another form is of an earlier release.
    if (noted === here && isMarkOfRunning(pid, started)) running.push({ pid: Number(pid), data, lock });
    else gone.push(join(folder, USERS, name));
  }
  return { running, gone };
}

/**
 * Makes sure that the files are those that every other running process has open.
 * @throws StoreBroken naming the process that has other files open
 */
export function mustBeWhatOthersHaveOpen({ folder, data, lock }: EnvironmentFiles): void {
  const present = { data: identityOf(data), lock: identityOf(lock) };
  for (const user of usersOf(folder).running) {
    if (user.pid === process.pid || user.data === NOT_YET) continue;
    if (user.data === present.data && user.lock === present.lock) continue;
    const path = user.data === present.data ? lock : data;
    throw new StoreBroken(
      'lmdb',
      `${path} is not the file that process ${user.pid} has open, for it was removed or replaced meanwhile: stop that process first`,
      'other-data',
    );
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
