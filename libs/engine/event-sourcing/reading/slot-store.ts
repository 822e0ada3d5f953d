/** Small texts that processes share, each in a slot of its own. The caller keeps the number of slots bounded. */
export interface SlotStore {
  /** What a slot holds; null = nothing. @throws StoreUnavailable */
  slot(slot: string): Promise<string | null>;
  /**
   * Replaces what a slot holds by what `change` makes of it, null = nothing, and returns that. Of many at once each sees
   * what the one before left; `change` may be called again and must not depend on how often.
   * @throws StoreUnavailable
   */
  changeSlot(slot: string, change: SlotChange): Promise<string | null>;
}

export type SlotChange = (held: string | null) => string | null;
