/**
 * Counts attempts by key over a sliding window. Bounded: at most `capacity` keys, and `limit` times for each; when it is
 * full, the key whose first attempt is oldest is forgotten.
 */
export class SlidingWindow {
  private readonly attempts = new Map<string, number[]>();

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
    private readonly capacity: number,
  ) {}

  /** Counts one attempt; answers 0 when it is allowed, else the milliseconds until one would be. */
  attempt(key: string, now: number): number {
    const times = (this.attempts.get(key) ?? []).filter((time) => now - time < this.windowMs);
    const oldest = times[0];
    if (times.length >= this.limit && oldest !== undefined) {
      this.attempts.set(key, times);
      return oldest + this.windowMs - now;
    }
    times.push(now);
    this.attempts.set(key, times);
    if (this.attempts.size > this.capacity) this.makeRoom();
    return 0;
  }

  /** Forgets a key, after a success. */
  reset(key: string): void {
    this.attempts.delete(key);
  }

  private makeRoom(): void {
    for (const key of this.attempts.keys()) {
      this.attempts.delete(key);
      return;
    }
  }
}
