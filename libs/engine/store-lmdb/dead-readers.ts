import { type RootDatabase } from 'lmdb';

const EVERY_MS = 60_000;

/**
 * Releases the snapshots that processes were reading when they were killed. While LMDB counts a snapshot as being read, it
 * reuses no page that was freed since, and the file grows with every change; lmdb itself looks only when an environment is
 * opened.
 */
export class DeadReaders {
  private looked = performance.now();

  constructor(
    private readonly root: RootDatabase,
    private readonly everyMs = EVERY_MS,
  ) {}

  /** To be called by a writer; checks at most once a minute. */
  forget(): void {
    const now = performance.now();
    if (now - this.looked < this.everyMs) return;
    this.looked = now;
    this.root.readerCheck();
  }
}
