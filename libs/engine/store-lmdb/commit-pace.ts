/** A disk that takes longer than this for a commit, on the average of the last ones, is not waited for. */
const SLOW_MS = 3;
/** How much of the average the newest commit makes. */
const NEWEST = 1 / 16;
/** How many commits are left to another thread before one is tried in this one again. */
const AWAY = 256;

export interface CommitPaceOptions {
  /** Milliseconds. Default 3; 0 = every commit is left to another thread. */
  readonly slowMs?: number;
}

/**
 * Whether a commit is made in the thread of the requests. When the disk flushes within a fraction of a millisecond, switching
 * to another thread and back takes longer than the commit itself. Neither a slow disk nor another process that holds the lock
 * of the log may delay the requests.
 */
export class CommitPace {
  private readonly slowMs: number;
  private averageMs = 0;
  private away = 0;

  constructor({ slowMs = SLOW_MS }: CommitPaceOptions = {}) {
    this.slowMs = slowMs;
  }

  /** Call once before each commit. */
  shouldCommitInThread(): boolean {
    if (this.slowMs === 0) return false;
    if (this.away === 0) return true;
    this.away -= 1;
    return false;
  }

  /** Records how long a commit in this thread took. A commit that was held up counts as a slow one, however long it took. */
  recordDuration(milliseconds: number): void {
    this.averageMs += (Math.min(milliseconds, 2 * this.slowMs) - this.averageMs) * NEWEST;
    if (this.averageMs > this.slowMs) this.away = AWAY;
  }

  /** Another process has written: the next commit may have to wait for it. */
  recordOtherWriter(): void {
    this.away = AWAY;
  }
}
