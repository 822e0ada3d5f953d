import { type StoredEvent } from './event.js';
import { type Contribution, type Projection, type TallyDocument } from './projection.js';
import { type Document, type Kept } from './read-store.js';

/** The event at `index` of the batch cannot be folded. What came before it can. */
export class FoldFailure extends Error {
  override readonly name = 'FoldFailure';

  constructor(
    readonly index: number,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

/** A document under the hand of a batch. `seen` is -1n as long as there is none. */
interface Slot {
  readonly id: string;
  document: Document | null;
  seen: bigint;
  changed: boolean;
}

/** What a batch adds to one tally document, in order of position. */
interface Sum {
  readonly labels: Contribution['labels'];
  readonly steps: { readonly index: number; readonly add: Contribution['add'] }[];
}

/**
 * One batch of events folded into one projection, in three steps with the store's answers between them: the ids it
 * touches (`documentIds`), the fold (`foldDocuments`, then `tallyIds`), the sums (`foldTallies`). No I/O, and no
 * document that was handed in is changed.
 */
export class ProjectionBatch {
  readonly #slots = new Map<string, Slot>();
  readonly #touched: (readonly Slot[])[] = [];
  readonly #sums: Map<string, Sum>[];

  /**
   * @param events handled by the projection, oldest first
   * @throws FoldFailure
   */
  constructor(
    private readonly projection: Projection,
    private readonly events: readonly StoredEvent[],
  ) {
    this.#sums = projection.tallies.map(() => new Map<string, Sum>());
    for (const [index, event] of events.entries()) {
      const keys = attempt(index, () => projection.keys(event));
      this.#touched.push(keys.map((id) => this.#slot(id)));
    }
  }

  get documentIds(): readonly string[] {
    return [...this.#slots.keys()];
  }

  /**
   * @param kept one entry for each of `documentIds`
   * @throws FoldFailure
   */
  foldDocuments(kept: readonly (Kept | null)[]): void {
    let next = 0;
    for (const slot of this.#slots.values()) {
      const found = kept[next++];
      if (!found) continue;
      slot.document = found.document;
      slot.seen = found.seen;
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
    return this.#sums.map((sums) => [...sums.keys()]);
  }

  /**
   * What changed: tally documents, one list a tally.
   * @param kept one list a tally, one entry for each of its `tallyIds`
   * @throws FoldFailure
   */
  foldTallies(kept: readonly (readonly (Kept | null)[])[]): Kept[][] {
    return this.#sums.map((sums, tally) => {
      const changed: Kept[] = [];
      let next = 0;
      for (const [id, sum] of sums) {
        const total = this.#total(id, sum, kept[tally]?.[next++] ?? null);
        if (total) changed.push(total);
      }
      return changed;
    });
  }

  /** What changed: the projection's own documents. */
  get changedDocuments(): Kept[] {
    const changed: Kept[] = [];
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
    const slots = this.#touched[index];
    if (!event || !slots) return;
    for (const slot of slots) {
      if (slot.seen >= event.position) continue;
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
          collect(sums, index, contribution);
      }
    }
  }

  /** The tally document with what it has not counted yet; null when it has counted all of it. */
  #total(id: string, { labels, steps }: Sum, kept: Kept | null): Kept | null {
    const counted = kept?.seen ?? -1n;
    // A map of what is added, because an object that gains and changes hundreds of keys is many times slower.
    const added = new Map<string, number>();
    let seen = counted;
    for (const { index, add } of steps) {
      const position = this.events[index]?.position ?? counted;
      if (position <= counted) continue;
      if (seen === counted && kept) attempt(index, () => sameLabels(id, kept.document, labels));
      seen = position;
      for (const pair of Symbol.iterator in add ? add : Object.entries(add)) {
        added.set(pair[0], (added.get(pair[0]) ?? 0) + pair[1]);
      }
    }
    if (seen === counted) return null;
    const before = (kept?.document as TallyDocument | undefined)?.counts ?? {};
    const document: TallyDocument = { id, ...labels, counts: sumOf(before, added) };
    return { document, seen };
  }
}

function collect(sums: Map<string, Sum>, index: number, { id, labels, add }: Contribution): void {
  const sum = sums.get(id);
  if (!sum) {
    sums.set(id, { labels, steps: [{ index, add }] });
    return;
  }
  if (sum.labels !== labels) sameLabels(id, sum.labels, labels);
  sum.steps.push({ index, add });
}

/** Both together, counters that come to nothing left out; `added` is used up. */
function sumOf(before: TallyDocument['counts'], added: Map<string, number>): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const counter of Object.keys(before)) {
    const count = (before[counter] ?? 0) + (added.get(counter) ?? 0);
    added.delete(counter);
    if (count !== 0) sum[counter] = count;
  }
  for (const [counter, count] of added) if (count !== 0) sum[counter] = count;
  return sum;
}

function sameLabels(
  id: string,
  known: Document | Contribution['labels'],
  labels: Contribution['labels'],
): void {
  for (const field in labels) {
    if (known[field] === labels[field]) continue;
    throw new Error(
      `tally ${id}: ${field} is ${JSON.stringify(known[field])}, not ${JSON.stringify(labels[field])}`,
    );
  }
}

function attempt<Result>(index: number, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new FoldFailure(index, error);
  }
}
