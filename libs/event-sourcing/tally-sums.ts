import { FoldFailure } from './fold-failure.js';
import { type Additions, type Contribution, type TallyDocument, type TallyLine } from './projection.js';
import { type Document, type Kept } from './read-store.js';

type Sum = ReadonlyMap<string, number>;

/** One addition, and the event that makes it. */
interface Step {
  readonly index: number;
  readonly position: bigint;
  readonly add: Additions;
}

/** All that a batch adds to the same lines, in order of position. */
class Group {
  readonly #steps: Step[] = [];
  #whole: Sum | null = null;

  push(step: Step): void {
    this.#steps.push(step);
  }

  /** Index of the first event after `counted`; null when there is none. */
  firstAfter(counted: bigint): number | null {
    return this.#steps.find(({ position }) => position > counted)?.index ?? null;
  }

  get last(): bigint {
    return this.#steps.at(-1)?.position ?? -1n;
  }

  /** What the events after `counted` add. Nearly always that is all of it, which is added up once for all lines. */
  sumAfter(counted: bigint): Sum {
    const first = this.#steps[0];
    if (first && first.position <= counted) return sum(this.#steps.filter((step) => step.position > counted));
    this.#whole ??= sum(this.#steps);
    return this.#whole;
  }
}

// A map of what is added, because an object that gains and changes hundreds of keys is many times slower.
function sum(steps: readonly Step[]): Sum {
  const added = new Map<string, number>();
  for (const { add } of steps) {
    for (const pair of Symbol.iterator in add ? add : Object.entries(add)) {
      added.set(pair[0], (added.get(pair[0]) ?? 0) + pair[1]);
    }
  }
  return added;
}

interface Entry {
  readonly line: TallyLine;
  readonly groups: Group[];
}

/** What one batch adds to the documents of one tally. */
export class TallySums {
  readonly #groups = new Map<readonly TallyLine[], Group>();
  readonly #entries = new Map<string, Entry>();

  /** @throws Error when a line was named with other labels before */
  add(index: number, position: bigint, { lines, add }: Contribution): void {
    let group = this.#groups.get(lines);
    if (!group) {
      group = new Group();
      for (const line of lines) this.#enter(line, group);
      this.#groups.set(lines, group);
    }
    group.push({ index, position, add });
  }

  get ids(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /**
   * The tally documents that change.
   * @param kept one entry for each of `ids`
   * @throws FoldFailure
   */
  documents(kept: readonly (Kept | null)[]): Kept[] {
    const changed: Kept[] = [];
    let next = 0;
    for (const entry of this.#entries.values()) {
      const total = totalOf(entry, kept[next++] ?? null);
      if (total) changed.push(total);
    }
    return changed;
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

/** The document with what it has not counted yet; null when it has counted all of it. */
function totalOf({ line: { id, labels }, groups }: Entry, kept: Kept | null): Kept | null {
  const counted = kept?.seen ?? -1n;
  const news = groups.filter(({ last }) => last > counted);
  const [first, ...others] = news;
  if (!first) return null;
  if (kept) mustHaveLabels(kept.document, labels, id, firstIndex(news, counted));
  const added = others.length === 0 ? first.sumAfter(counted) : new Map(first.sumAfter(counted));
  for (const group of others) addTo(added as Map<string, number>, group.sumAfter(counted));
  const before = (kept?.document as TallyDocument | undefined)?.counts ?? {};
  const document: TallyDocument = { id, ...labels, counts: sumOf(before, added) };
  return { document, seen: news.reduce((seen, { last }) => (last > seen ? last : seen), counted) };
}

function firstIndex(groups: readonly Group[], counted: bigint): number {
  return Math.min(...groups.map((group) => group.firstAfter(counted) ?? Infinity));
}

function addTo(total: Map<string, number>, more: Sum): void {
  for (const [counter, by] of more) total.set(counter, (total.get(counter) ?? 0) + by);
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
