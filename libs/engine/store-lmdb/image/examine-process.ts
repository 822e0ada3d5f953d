import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type EnvironmentName, openEnvironment } from '../environment.js';
import { Damage } from './damage.js';
import { damageOf, examineImage } from './examine-image.js';
import { ImageFile } from './image-file.js';
import { KINDS } from './kinds.js';
import { type Meta } from './layout.js';

// Examines one environment in a process of its own and prints `{"damage": …}`: see examination.ts, which starts it.

const LOCK_MAGIC = 0xbeefc0de;
/** The header of the lock file, and each place of a reader in it. */
const LOCK_HEADER_BYTES = 208;
const READERS_AT = 16;
const READER_BYTES = 64;
const TRIES = 100;

const [directory = '', environment = '', use = ''] = process.argv.slice(2);
const name = environment as EnvironmentName;

/** No process has it open: LMDB need not be asked. */
function examineAtRest(): void {
  examineImage(join(directory, name, 'data.mdb'), KINDS[name]);
}

/**
 * A process may be writing. While a reader holds a snapshot, none of its pages is overwritten; so LMDB is asked for one, in
 * this process, which may break, and then the snapshot is walked with plain reads.
 */
function examineInUse(): void {
  lockFileMustBeWhole();
  const root = openEnvironment(directory, name, { durable: true, readOnly: true });
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = newestMeta();
    root.resetReadTxn();
    root.get('any');
    // Nothing from here on gives the thread away, so the snapshot stays. All of the meta is compared: it may be written while it
    // is read.
    if (isDeepStrictEqual(newestMeta(), before))
      return void examineImage(join(directory, name, 'data.mdb'), KINDS[name], before);
  }
  throw new Error(`${name} was written to so often that none of ${TRIES} tries took hold of a snapshot`);
}

function newestMeta(): Meta {
  const file = new ImageFile(join(directory, name, 'data.mdb'));
  try {
    const [even, odd] = file.metas().pair;
    return even.transaction > odd.transaction ? even : odd;
  } finally {
    file.close();
  }
}

/** Who comes first makes the lock file anew; who comes later believes it, and would follow a wrong number of readers. */
function lockFileMustBeWhole(): void {
  const lock = readFileSync(join(directory, name, 'lock.mdb'));
  const isOne = lock.length >= LOCK_HEADER_BYTES && lock.readUInt32LE(0) === LOCK_MAGIC;
  const places = Math.floor((lock.length - LOCK_HEADER_BYTES) / READER_BYTES);
  if (!isOne || lock.readUInt32LE(READERS_AT) > places)
    throw new Damage('lock.mdb is none, while another process uses it: stop all processes on this directory');
}

const damage = damageOf(use === 'in-use' ? examineInUse : examineAtRest);
process.stdout.write(JSON.stringify({ damage }));
