import { LRUCache } from 'lru-cache';
/**
 * Counts attempts by key over a sliding window. Bounded: at most `max` keys, and `limit` times for each; when it is full, the
 * key that has not been tried for longest is forgotten.
 */
export class SlidingWindow {
  private readonly attempts: LRUCache<string, number[]>;

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
    max: number,
  ) {
    this.attempts = new LRUCache({ max });
  }

  /** Counts one attempt; returns 0 when it is allowed, else the milliseconds until one would be. */
  attempt(key: string, now: number): number {
    const times = (this.attempts.get(key) ?? []).filter((time) => now - time < this.windowMs);
    const oldest = times[0];
    if (times.length >= this.limit && oldest !== undefined) {
      this.attempts.set(key, times);
      return oldest + this.windowMs - now;
    }
    times.push(now);
    this.attempts.set(key, times);
    return 0;
  }

  /** Forgets a key, after a success. */
  reset(key: string): void {
    this.attempts.delete(key);
  }
}
