import { type StoredEvent } from '../log/event.js';
import { FoldFailure } from './fold-failure.js';
import { type Projection } from './projection.js';
import { type Document, type StoredDocument } from './read-store.js';
import { TallySums } from './tally-sums.js';

/** A document that a batch is folding. `seen` is -1n while it does not exist. */
interface Slot {
  readonly id: string;
  document: Document | null;
  seen: bigint;
  changed: boolean;
}

/**
 * One batch of events folded into one projection, in three steps, between which the store is read: the ids it touches
 * (`documentIds`), the fold (`foldDocuments`, then `tallyIds`), the sums (`foldTallies`). It does no I/O and changes no
 * document that was passed in.
 */
export class ProjectionBatch {
  readonly #slots = new Map<string, Slot>();
  /** The slots that the events touch, one event's after the other's, and where each event's end: one list, not thousands. */
  readonly #touched: Slot[] = [];
  readonly #ends: number[] = [];
  #sums: readonly TallySums[];
  #kept: readonly (StoredDocument | null)[] = [];

  /**
   * @param events handled by the projection, oldest first
   * @throws FoldFailure
   */
  constructor(
    private readonly projection: Projection,
    private readonly events: readonly StoredEvent[],
  ) {
    this.#sums = projection.tallies.map(() => new TallySums());
    for (let index = 0; index < events.length; index++) {
      try {
        const event = events[index];
        if (event) for (const id of projection.keys(event)) this.#touched.push(this.#slot(id));
      } catch (error) {
        throw new FoldFailure(index, error);
      }
      this.#ends.push(this.#touched.length);
    }
  }

  get documentIds(): readonly string[] {
    return [...this.#slots.keys()];
  }

  /**
   * @param kept one entry for each of `documentIds`
   * @throws FoldFailure
   */
  foldDocuments(kept: readonly (StoredDocument | null)[]): void {
    this.#kept = kept;
    let next = 0;
    for (const slot of this.#slots.values()) {
      const found = kept[next++];
      slot.document = found?.document ?? null;
      slot.seen = found?.seen ?? -1n;
      slot.changed = false;
    }
    for (let index = 0; index < this.events.length; index++) {
      try {
        this.#foldEvent(index);
      } catch (error) {
        throw new FoldFailure(index, error);
      }
    }
  }

  /** For each tally, in the projection's order, the ids of the documents that the batch adds to. */
  get tallyIds(): readonly (readonly string[])[] {
    return this.#sums.map((sums) => sums.ids);
  }

  /**
   * What changed: tally documents, one list a tally.
   * @param kept one list a tally, one entry for each of its `tallyIds`
   * @throws FoldFailure
   */
  foldTallies(kept: readonly (readonly (StoredDocument | null)[])[]): StoredDocument[][] {
    if (!this.#sums.some((sums, tally) => sums.hasCounted(kept[tally] ?? [])))
      return this.#sums.map((sums, tally) => sums.documents(kept[tally] ?? []));

    const known = this.#sums.map((sums, tally) => sums.documentsById(kept[tally] ?? []));
    this.#sums = known.map((documents) => new TallySums(documents));
    this.foldDocuments(this.#kept);
    return this.#sums.map((sums, tally) =>
      sums.documents(sums.ids.map((id) => known[tally]?.get(id) ?? null)),
    );
  }

  /** What changed: the projection's own documents. */
  get changedDocuments(): StoredDocument[] {
    const changed: StoredDocument[] = [];
    for (const { document, seen, changed: isChanged } of this.#slots.values()) {
      if (isChanged && document) changed.push({ document, seen });
    }
    return changed;
  }

  #slot(id: string): Slot {
    let slot = this.#slots.get(id);
    if (!slot) {
      slot = { id, document: null, seen: -1n, changed: false };
      this.#slots.set(id, slot);
    }
    return slot;
  }

  #foldEvent(index: number): void {
    const event = this.events[index];
    if (!event) return;
    const end = this.#ends[index] ?? 0;
    for (let at = index === 0 ? 0 : (this.#ends[index - 1] ?? 0); at < end; at++) {
      const slot = this.#touched[at];
      if (!slot || slot.seen >= event.position) continue;
      const before = slot.document;
      const after = this.projection.fold(before, event, slot.id);
      if (after.id !== slot.id)
        throw new Error(`${this.projection.name}: document ${slot.id} became ${after.id}`);
      slot.document = after;
      slot.seen = event.position;
      slot.changed = true;
      let tally = 0;
      for (const definition of this.projection.tallies) {
        const sums = this.#sums[tally++];
        if (!sums) continue;
        for (const contribution of definition.contributions(before, after, event))
          sums.add(index, event.position, contribution);
      }
    }
  }
}
