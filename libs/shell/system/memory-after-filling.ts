import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type ProjectionStatus } from '#libs/engine/event-sourcing';

/** Positions that read models were filled from, at least, before it is worth a collection. */
const FAR_BEHIND = 10_000n;

/**
 * A thread that has filled read models from far behind holds several times the memory that it needs from then on, and
 * V8 gives it back only under pressure, which a thread that is idle never comes under. So it is collected once, at the
 * moment when everything has caught up: a server's memory does not depend on how long its log was.
 */
export class MemoryAfterFilling {
  #start: bigint | null = null;
  #isDone = false;

  constructor(private readonly collect: () => void = giveMemoryBack) {}

  /** To be called whenever `status` may have changed. */
  note(status: readonly ProjectionStatus[]): void {
    if (this.#isDone || status.length === 0) return;
    const position = status
      .map(({ checkpoint }) => checkpoint?.position ?? 0n)
      .reduce((low, one) => (one < low ? one : low));
    this.#start ??= position;
    if (position - this.#start < FAR_BEHIND || status.some(({ state }) => state !== 'caught-up')) return;
    this.#isDone = true;
    this.collect();
  }
}

/**
 * Collects garbage and gives free pages back to the system, which V8 does only under pressure. Node has no other way to ask
 * for it. The flag only makes `gc` known to contexts that come after it.
 */
export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options?: object) => void;
  // The first frees what is garbage, the second gives free pages back.
  gc();
  gc({ type: 'major', flavor: 'last-resort' });
}
