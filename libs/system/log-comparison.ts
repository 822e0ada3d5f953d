import {
  type EventStore,
  mustBeTheLogOf,
  type Projection,
  type ReadStore,
  withAppend,
} from '#libs/event-sourcing';

/**
 * Whether the log is the one that the read models were filled from. Every process asks at its start, and nothing is appended
 * by any of them, the command line included, before the answer is yes.
 */
export class LogComparison {
  private isRight = false;

  constructor(
    private readonly eventStore: EventStore,
    private readonly readStore: ReadStore,
    private readonly kept: readonly Projection[],
  ) {}

  /** @throws OtherLog; StoreUnavailable and LogDamaged when it cannot be said */
  async mustBeRight(): Promise<void> {
    if (this.isRight) return;
    await mustBeTheLogOf(this.eventStore, this.readStore, this.kept);
    this.isRight = true;
  }

  /** The same store; what is to be appended waits for the comparison. */
  guarded(store: EventStore): EventStore {
    return withAppend(store, async (stream, expected, events) => {
      if (!this.isRight) await this.mustBeRight();
      return store.append(stream, expected, events);
    });
  }
}
