import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { StoreBroken } from '#libs/engine/event-sourcing';
import { identityOf } from './open-files.js';
import { isRunning, thisProcess } from './running-process.js';

// LMDB keeps processes apart by a lock in lock.mdb. Where that file is deleted while a process has it open, the next process
// makes a new one and holds a lock of its own: both write as if each were alone. So every process leaves a note of the files
// that it has open, and none comes in beside one whose files are not those that lie there now.

/** The files of one LMDB environment. */
export interface EnvironmentFiles {
  readonly folder: string;
  readonly data: string;
  readonly lock: string;
}

export function filesOf(folder: string): EnvironmentFiles {
  return { folder, data: join(folder, 'data.mdb'), lock: join(folder, 'lock.mdb') };
}

const NOTES = 'open-by';
/** A note says everything by its name: a disk that is full still takes an empty file, and none is half written. */
const NOTE = /^(\d+)-(\d+|x)-(\d+_\d+)-(\d+_\d+)-(\d+_\d+)-\d+\.\d+$/;
let notes = 0;

/**
 * Makes sure that the files are those that every other running process has open. Notes of processes that have ended are removed.
 * @throws StoreBroken naming the process that has other files open
 */
export function mustBeWhatOthersHaveOpen({ folder, data, lock }: EnvironmentFiles): void {
  const present = { data: identityOf(data), lock: identityOf(lock) };
  for (const opener of otherOpeners(folder)) {
    if (opener.data === present.data && opener.lock === present.lock) continue;
    const path = opener.data === present.data ? lock : data;
    throw new StoreBroken(
      'lmdb',
      `${path} is not the file that process ${opener.pid} has open, for it was removed or replaced meanwhile: stop that process first`,
      'other-data',
    );
  }
}

/** Leaves a note that this process has the files open; the answer takes it away. */
export function noteOpener({ folder, data, lock }: EnvironmentFiles): () => void {
  const place = join(folder, NOTES);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const { pid, started } = thisProcess();
  const files = [folder, data, lock].map(identityOf);
  const note = join(place, [pid, started ?? 'x', ...files, `${threadId}.${(notes += 1)}`].join('-'));
  writeFileSync(note, '', { mode: 0o600 });
  return () => rmSync(note, { force: true });
}

interface Opener {
  readonly pid: number;
  readonly data: string;
  readonly lock: string;
}

function otherOpeners(folder: string): readonly Opener[] {
  const here = identityOf(folder);
  return namesIn(join(folder, NOTES)).flatMap((name) => {
    const [, pid, started, noted, data, lock] = NOTE.exec(name) ?? [];
    if (pid === undefined || data === undefined || lock === undefined) return [];
    if (Number(pid) === process.pid) return [];
    const process_ = { pid: Number(pid), started: started === 'x' ? null : (started ?? null) };
    // A note of another folder came here with a copy of it.
    if (noted === here && isRunning(process_)) return [{ pid: process_.pid, data, lock }];
    rmSync(join(folder, NOTES, name), { force: true });
    return [];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
