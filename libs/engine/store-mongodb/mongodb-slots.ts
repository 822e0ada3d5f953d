import { type SlotChange, StoreUnavailable } from '#libs/engine/event-sourcing';
import { type Collection, MongoServerError } from 'mongodb';
import { DUPLICATE_KEY } from './mongodb-errors.js';
import { type StoredSlot } from './stored.js';

type Call = <T>(work: () => Promise<T>) => Promise<T>;

/** How often a change is tried while others change the same slot. */
const ATTEMPTS = 50;

/**
 * Slots, one document each, replaced only by a caller that has read its last turn. On FerretDB 1.24, which reads and writes in two
 * steps, two changes in the same moment may count as one: good enough for limits, and for nothing else.
 */
export class MongoSlots {
  constructor(
    private readonly collection: () => Collection<StoredSlot>,
    private readonly call: Call,
  ) {}

  async held(slot: string): Promise<string | null> {
    const found = await this.call(() => this.collection().findOne({ _id: slot }));
    return found?.text ?? null;
  }

  async change(slot: string, change: SlotChange): Promise<string | null> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const held = await this.call(() => this.collection().findOne({ _id: slot }));
      const text = change(held?.text ?? null);
      const turn = (held?.turn ?? 0) + 1;
      if (await this.call(() => this.replace({ _id: slot, text, turn }, held !== null))) return text;
    }
    throw new StoreUnavailable('mongodb', `slot ${slot} was changed by others ${ATTEMPTS} times in a row`);
  }

  /** False when another change came first. */
  private async replace({ _id, text, turn }: StoredSlot, exists: boolean): Promise<boolean> {
    if (exists) {
      const filter = { _id, turn: turn - 1 };
      const { matchedCount } = await this.collection().updateOne(filter, { $set: { text, turn } });
      return matchedCount === 1;
    }
    try {
      await this.collection().insertOne({ _id, text, turn });
      return true;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
      throw error;
    }
  }
}
