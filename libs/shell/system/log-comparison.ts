import {
  type Acknowledged,
  type EventStore,
  forgetReadModels,
  mustBeTheLogOf,
  mustHoldAcknowledged,
  type PersonalData,
  type Projection,
  type ReadStore,
  StoreUnavailable,
  withAppend,
} from '#libs/engine/event-sourcing';

/** What was last acknowledged of the log, where that is noted outside of it. */
export interface AcknowledgedNote {
  last(): Acknowledged | null;
  forget(): void;
}

/**
 * Whether the log is the one that was acknowledged and that the read models were filled from. Every process asks at its start, and nothing is appended
 * by any of them, the command line included, before the answer is yes.
 */
export class LogComparison {
  private isRight = false;
  /** The read models could not be asked yet, and the log has content. */
  private isPutOff = false;

  constructor(
    private readonly eventStore: EventStore,
    private readonly readStore: ReadStore,
    private readonly kept: readonly Projection[],
    private readonly acknowledged: AcknowledgedNote,
    private readonly personal: Pick<PersonalData, 'keysMustBeThere' | 'acceptKeys'>,
  ) {}

  /** @throws OtherLog, PersonalKeysMissing; StoreUnavailable and LogDamaged when it cannot be said */
  async mustBeRight(): Promise<void> {
    if (this.isRight) return;
    const last = this.acknowledged.last();
    if (last !== null) await mustHoldAcknowledged(this.eventStore, last);
    await mustBeTheLogOf(this.eventStore, this.readStore, this.kept);
    await this.personal.keysMustBeThere(this.eventStore);
    this.isRight = true;
  }

  /**
   * Returns when the log is right, or has content while the read models are away: commands need only the log, and the
   * comparison is made once the read models are there. An empty log waits for them: it may be the wrong one.
   * @throws OtherLog, PersonalKeysMissing; StoreUnavailable and LogDamaged when it cannot be said
   */
  async mayGoOn(): Promise<void> {
    if (this.isRight || this.isPutOff) return;
    try {
      await this.mustBeRight();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || (await this.eventStore.lastPosition()) === null)
        throw error;
      this.isPutOff = true;
    }
  }

  /** Takes the log and the keys as they are, and throws away the read models, which may have been filled from another log. */
  async accept(): Promise<void> {
    await forgetReadModels(this.readStore);
    this.acknowledged.forget();
    await this.personal.acceptKeys();
  }

  /** The same store; what is to be appended waits for the comparison. */
  guarded(store: EventStore): EventStore {
    return withAppend(store, async (stream, expected, events) => {
      await this.mayGoOn();
      return store.append(stream, expected, events);
    });
  }
}
