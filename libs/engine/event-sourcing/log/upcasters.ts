import { type StoredEvent } from './event.js';
import { type Json } from '../tools/json.js';

/** One step of an event type's history: from the data of version `from` to that of version `from + 1`. */
export interface Upcaster {
  readonly type: string;
  readonly from: number;
  /** The data of the next version. The event carries the data of version `from`, and its metadata. */
  upcast(event: StoredEvent): Json;
}

/** The log holds an event that is newer than this code, or of a version no upcaster starts from. */
export class UnknownEventVersion extends Error {
  override readonly name = 'UnknownEventVersion';

  constructor(
    readonly type: string,
    readonly version: number,
    readonly current: number,
    readonly position: bigint,
  ) {
    super(
      `${type} version ${version} at position ${position} is unknown: this code knows versions 1 to ${current}`,
    );
  }
}

/**
 * How old events are read: each is carried up, step by step, to the version the code knows. A type without steps has
 * only ever had version 1.
 */
export class Upcasters {
  readonly #steps = new Map<string, readonly Upcaster[]>();

  /** @throws Error when the steps of a type do not lead from version 1 upwards without a gap. */
  constructor(upcasters: readonly Upcaster[] = []) {
    for (const upcaster of [...upcasters].sort((a, b) => a.from - b.from)) {
      const { type, from } = upcaster;
      const earlier = this.#steps.get(type) ?? [];
      if (from !== earlier.length + 1) {
        throw new Error(
          `${type}: there must be one upcaster from version ${earlier.length + 1}, not from ${from}`,
        );
      }
      this.#steps.set(type, [...earlier, upcaster]);
    }
  }

  /** The version of a type that this code works with. */
  currentVersion(type: string): number {
    return (this.#steps.get(type)?.length ?? 0) + 1;
  }

  /**
   * The event at its current version; the same object when it is there already.
   * @throws UnknownEventVersion
   */
  upcast(event: StoredEvent): StoredEvent {
    const current = this.currentVersion(event.type);
    if (event.version === current) return event;
    const steps = this.#steps.get(event.type)?.slice(event.version - 1);
    if (!steps || !Number.isInteger(event.version) || event.version < 1 || event.version > current) {
      throw new UnknownEventVersion(event.type, event.version, current, event.position);
    }
    return steps.reduce(
      (older, step) => ({ ...older, version: step.from + 1, data: step.upcast(older) }),
      event,
    );
  }
}
