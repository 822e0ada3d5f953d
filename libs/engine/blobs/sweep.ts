import { type BlobStore, type Digest } from './blob-store.js';
import { type Spool } from './spool.js';

export interface SweepOptions {
  readonly blobs: BlobStore;
  readonly spool: Spool;
  /** Whether the log names the digest. */
  readonly isNamed: (sha256: Digest) => Promise<boolean>;
  /** Milliseconds since 1970: what is younger may still get its event. */
  readonly before: number;
}

/** Removes what no event names: a process was killed after a content was kept, and before its event was. */
export async function sweep({ blobs, spool, isNamed, before }: SweepOptions): Promise<number> {
  let removed = await spool.removeOlder(before);
  for await (const { sha256, keptAt } of blobs.all()) {
    if (keptAt >= before || (await isNamed(sha256))) continue;
    if (await blobs.removeOlder(sha256, before)) removed += 1;
  }
  return removed;
}
