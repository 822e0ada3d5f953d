import { type RootDatabase } from 'lmdb';

const EVERY_MS = 60_000;

/**
 * Lets go of what processes were reading when they were killed. As long as LMDB takes a snapshot for read, it writes no page
 * anew that was given up since, and the file grows with every change; lmdb itself looks only when an environment is opened.
 */
export class DeadReaders {
  private looked = performance.now();

  constructor(
    private readonly root: RootDatabase,
    private readonly everyMs = EVERY_MS,
  ) {}

  /** To be called by whoever writes; looks once a minute at most. */
  forget(): void {
    const now = performance.now();
    if (now - this.looked < this.everyMs) return;
    this.looked = now;
    this.root.readerCheck();
  }
}
