import { FoldFailure } from './fold-failure.js';
import { type Additions, type Contribution, type TallyDocument, type TallyLine } from './projection.js';
import { type Document, type StoredDocument } from './read-store.js';

/** What is added to each counter. A map, because an object that gains and changes hundreds of keys is many times slower. */
type Sum = Map<string, number>;

/** All that a batch adds to one document, added up as it comes: what makes it up is forgotten at once. */
class Entry {
  readonly sum: Sum = new Map();
  /** Position of the last event that added to it. */
  last = -1n;

  /** Index and position of the first event that adds to it. */
  constructor(
    readonly line: TallyLine,
    readonly firstIndex: number,
    readonly first: bigint,
  ) {}

  add(position: bigint, add: Additions): void {
    this.last = position;
    for (const [counter, by] of add) this.sum.set(counter, (this.sum.get(counter) ?? 0) + by);
  }
}

/** Documents of a tally by id; null if it does not exist yet. */
export type KnownTallies = ReadonlyMap<string, StoredDocument | null>;

/**
 * What one batch adds to the documents of one tally. Nearly always a document has counted none of the batch's events. Where
 * one has, as after a crash (`hasCounted`), they are to be added again, to sums that know the documents.
 */
export class TallySums {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly known: KnownTallies | null = null) {}

  /** @throws Error when a line was named with other labels before */
  add(index: number, position: bigint, { lines, add }: Contribution): void {
    for (const line of lines) {
      const seen = this.known?.get(line.id)?.seen ?? -1n;
      if (position > seen) this.#entry(line, index, position).add(position, add);
    }
  }

  get ids(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Whether one of the documents has counted any of what is added to it. */
  hasCounted(kept: readonly (StoredDocument | null)[]): boolean {
    let next = 0;
    for (const { first } of this.#entries.values()) {
      const found = kept[next++];
      if (found && first <= found.seen) return true;
    }
    return false;
  }

  documentsById(kept: readonly (StoredDocument | null)[]): KnownTallies {
    return new Map(this.ids.map((id, index) => [id, kept[index] ?? null]));
  }

  /**
   * The tally documents that change.
   * @param kept one entry for each of `ids`
   * @throws FoldFailure
   */
  documents(kept: readonly (StoredDocument | null)[]): StoredDocument[] {
    const changed: StoredDocument[] = [];
    let next = 0;
    for (const entry of this.#entries.values()) changed.push(totalOf(entry, kept[next++] ?? null));
    return changed;
  }

  #entry(line: TallyLine, index: number, position: bigint): Entry {
    const known = this.#entries.get(line.id);
    if (known === undefined) {
      const entry = new Entry(line, index, position);
      this.#entries.set(line.id, entry);
      return entry;
    }
    if (known.line.labels !== line.labels) sameLabels(line.id, known.line.labels, line.labels);
    return known;
  }
}

/** The document with all that the batch adds. */
function totalOf(
  { line: { id, labels }, firstIndex, sum, last }: Entry,
  kept: StoredDocument | null,
): StoredDocument {
  if (kept) mustHaveLabels(kept.document, labels, id, firstIndex);
  const before = (kept?.document as TallyDocument | undefined)?.counts ?? {};
  return { document: { id, ...labels, counts: sumOf(before, sum) }, seen: last };
}

/** Both together, counters that come to nothing left out. */
function sumOf(before: TallyDocument['counts'], added: Sum): Record<string, number> {
  const total: Record<string, number> = {};
  for (const counter in before) {
    const count = (before[counter] ?? 0) + (added.get(counter) ?? 0);
    if (count !== 0) total[counter] = count;
  }
  for (const [counter, count] of added) {
    if (count !== 0 && before[counter] === undefined) total[counter] = count;
  }
  return total;
}

function mustHaveLabels(document: Document, labels: TallyLine['labels'], id: string, index: number): void {
  try {
    sameLabels(id, document, labels);
  } catch (error) {
    throw new FoldFailure(index, error);
  }
}

function sameLabels(id: string, known: Document | TallyLine['labels'], labels: TallyLine['labels']): void {
  for (const field in labels) {
    if (known[field] === labels[field]) continue;
    throw new Error(
      `tally ${id}: ${field} is ${JSON.stringify(known[field])}, not ${JSON.stringify(labels[field])}`,
    );
  }
}
