import { FoldFailure } from './fold-failure.js';
import { type Additions, type Contribution, type TallyDocument, type TallyLine } from './projection.js';
import { type Document, type StoredDocument } from './read-store.js';

/** What is added to each counter. A map, because an object that gains and changes hundreds of keys is many times slower. */
type Sum = Map<string, number>;

/** All that a batch adds to the same lines, added up as it comes: what makes it up is forgotten at once. */
class Group {
  readonly sum: Sum = new Map();
  /** Position of the last event that added to it. */
  last = -1n;

  /** The first event that adds to it. */
  constructor(
    readonly firstIndex: number,
    readonly first: bigint,
  ) {}

  add(position: bigint, add: Additions): void {
    this.last = position;
    if (isPairs(add)) for (const pair of add) raise(this.sum, pair[0], pair[1]);
    else for (const counter in add) raise(this.sum, counter, add[counter] ?? 0);
  }
}

function isPairs(add: Additions): add is readonly (readonly [string, number])[] {
  return Array.isArray(add);
}

function raise(sum: Sum, counter: string, by: number): void {
  sum.set(counter, (sum.get(counter) ?? 0) + by);
}

interface Entry {
  readonly line: TallyLine;
  readonly groups: Group[];
}

/** Documents of a tally by id; null if it does not exist yet. */
export type KnownTallies = ReadonlyMap<string, StoredDocument | null>;

/**
 * What one batch adds to the documents of one tally. Nearly always a document has counted none of the batch's events. Where
 * one has, as after a crash (`hasCounted`), they are to be added again, to sums that know the documents.
 */
export class TallySums {
  readonly #groups = new Map<readonly TallyLine[], Group>();
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly known: KnownTallies | null = null) {}

  /** @throws Error when a line was named with other labels before */
  add(index: number, position: bigint, { lines, add }: Contribution): void {
    const { known } = this;
    if (known === null) return this.#add(index, position, lines, add);
    for (const line of lines) {
      if (position > (known.get(line.id)?.seen ?? -1n)) this.#add(index, position, [line], add);
    }
  }

  get ids(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Whether one of the documents has counted any of what is added to it. */
  hasCounted(kept: readonly (StoredDocument | null)[]): boolean {
    let next = 0;
    for (const { groups } of this.#entries.values()) {
      const found = kept[next++];
      if (found && groups.some(({ first }) => first <= found.seen)) return true;
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

  #add(index: number, position: bigint, lines: readonly TallyLine[], add: Additions): void {
    let group = this.#groups.get(lines);
    if (!group) {
      group = new Group(index, position);
      for (const line of lines) this.#enter(line, group);
      this.#groups.set(lines, group);
    }
    group.add(position, add);
  }

  #enter(line: TallyLine, group: Group): void {
    const entry = this.#entries.get(line.id);
    if (!entry) {
      this.#entries.set(line.id, { line, groups: [group] });
      return;
    }
    if (entry.line.labels !== line.labels) sameLabels(line.id, entry.line.labels, line.labels);
    entry.groups.push(group);
  }
}

/** The document with all that the batch adds. */
function totalOf({ line: { id, labels }, groups }: Entry, kept: StoredDocument | null): StoredDocument {
  const [first, ...others] = groups;
  if (!first) throw new Error(`nothing is added to tally ${id}`);
  if (kept) mustHaveLabels(kept.document, labels, id, first.firstIndex);
  let added = first.sum;
  let { last } = first;
  if (others.length > 0) added = new Map(added);
  for (const group of others) {
    for (const [counter, by] of group.sum) raise(added, counter, by);
    if (group.last > last) last = group.last;
  }
  const before = (kept?.document as TallyDocument | undefined)?.counts ?? {};
  return { document: { id, ...labels, counts: sumOf(before, added) }, seen: last };
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
