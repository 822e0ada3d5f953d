/** What a waiter looks at: how far a projection has come, and whether it stands still. */
export interface Progress {
  readonly position: bigint;
  readonly fault: object | null;
}

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

interface Waiter {
  readonly runs: readonly Progress[];
  readonly position: bigint;
  readonly settle: (arrived: boolean) => void;
}

/** Those who wait until projections have reached a position. Nothing is polled: `check` is called after each batch. */
export class PositionWaiters {
  readonly #waiters = new Set<Waiter>();
  #isClosed = false;

  /** True once all have arrived; false at the time limit, at the signal, at a fault short of the position, or at the end. */
  async wait(
    runs: readonly Progress[],
    position: bigint,
    { timeoutMs, signal }: WaitOptions,
  ): Promise<boolean> {
    const now = verdict(runs, position);
    if (now !== null) return now;
    if (this.#isClosed || signal?.aborted) return false;
    return new Promise<boolean>((resolve) => {
      const settle = (arrived: boolean) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        this.#waiters.delete(waiter);
        resolve(arrived);
      };
      const giveUp = () => settle(false);
      const waiter: Waiter = { runs, position, settle };
      const timer = setTimeout(giveUp, timeoutMs);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#waiters.add(waiter);
    });
  }

  check(): void {
    for (const { runs, position, settle } of this.#waiters) {
      const now = verdict(runs, position);
      if (now !== null) settle(now);
    }
  }

  /** No further position will be reached. */
  close(): void {
    this.#isClosed = true;
    for (const { settle } of this.#waiters) settle(false);
  }
}

function verdict(runs: readonly Progress[], position: bigint): boolean | null {
  let arrived = true;
  for (const run of runs) {
    if (run.position >= position) continue;
    if (run.fault !== null) return false;
    arrived = false;
  }
  return arrived ? true : null;
}
