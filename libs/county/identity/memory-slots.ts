import { type SlotChange } from '#libs/engine/event-sourcing';

/** Slots of one process, for as long as those that processes share are away. Bounded by the number of slots used. */
export class MemorySlots {
  private readonly slots = new Map<string, string>();

  change(slot: string, change: SlotChange): void {
    const text = change(this.slots.get(slot) ?? null);
    if (text === null) this.slots.delete(slot);
    else this.slots.set(slot, text);
  }
}
