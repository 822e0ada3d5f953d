import { readFileSync } from 'node:fs';
import { type Metas } from './image-file.js';
import { type Meta } from './layout.js';

/**
 * The snapshot that LMDB takes when it opens a file that no other process has open. When each commit is flushed, that is the
 * newest; else the newest that was flushed, unless the machine has run on since it was written (`mdb_pick_meta`,
 * MDB_PREVSNAPSHOT).
 */
export function metaAtOpening({ pair: [even, odd], flushed }: Metas, isDurable: boolean): Meta {
  if (isDurable) return even.transaction >= odd.transaction ? even : odd;
  const boot = bootOfThisMachine();
  const newest = safer(even, odd, boot);
  return flushed ? safer(newest, flushed, boot) : newest;
}

function safer(one: Meta, other: Meta, boot: bigint): Meta {
  const newest = one.transaction >= other.transaction ? one : other;
  if (other.transaction === 0) return one;
  const isSafe = (newest.boot !== 0n && newest.boot === boot) || newest.isFlushed;
  if (isSafe) return newest;
  return one.transaction > other.transaction ? other : one;
}

/** As LMDB reads it: the first group of the boot's id as a hexadecimal number; 0 where the system does not say. */
function bootOfThisMachine(): bigint {
  try {
    const [group = ''] = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').split('-');
    return /^[0-9a-f]+$/.test(group) ? BigInt(`0x${group}`) : 0n;
  } catch {
    return 0n;
  }
}
