import {
  by,
  cursorContent,
  cursorOf,
  InvalidQuery,
  type Query,
  type ReadModels,
} from '#libs/engine/event-sourcing';
import { type ApplicationDocument, applications } from './application.document.js';
import {
  indexOf,
  isUnassigned,
  matchesFilter,
  openOf,
  rangeOf,
  type WorklistFilter,
  type WorklistItem,
} from './worklist.filter.js';

/** By how long it is held, the latest taken first; by project. In each, what is the same by id. */
export type WholeOrder = '-heldSince' | 'project';

/** How many a list holds, page aside: by lamp, and how many nobody has yet. */
export type WorklistCounts = {
  /** Of those that have not ended. */
  readonly red: number;
  readonly yellow: number;
  readonly green: number;
  /** 未派: under review, and no person has it. */
  readonly unassigned: number;
  readonly total: number;
};

/** A list is too long to be read as a whole. */
export class WorklistTooLong extends Error {
  override readonly name = 'WorklistTooLong';
}

/** Applications looked at for a list that is read as a whole, and how many are read at a time. */
export const MOST_READ = 20_000;
const A_READ = 1_000;

/**
 * Every application of the lists, of which each is asked for by one filter: what was acted on by a person, or belongs to a project, by
 * an index of its own.
 * @throws WorklistTooLong
 */
export async function wholeWorklist(
  models: Pick<ReadModels, 'find'>,
  filters: readonly WorklistFilter[],
): Promise<readonly WorklistItem[]> {
  const found = new Map<string, WorklistItem>();
  let read = 0;
  for (const filter of filters) {
    for (const part of partsOf(filter)) {
      let cursor: string | null = null;
      do {
        const page: { readonly items: readonly ApplicationDocument[]; readonly nextCursor: string | null } =
          await models.find(applications, { ...part, limit: A_READ, cursor });
        read += page.items.length;
        if (read > MOST_READ) throw new WorklistTooLong(`more than ${MOST_READ} applications`);
        for (const document of page.items) {
          const item = matchesFilter(document, filter);
          if (item !== null) found.set(item.id, item);
        }
        cursor = page.nextCursor;
      } while (cursor !== null);
    }
  }
  return [...found.values()];
}

function partsOf(filter: WorklistFilter): readonly Omit<Query, 'limit' | 'cursor'>[] {
  const { project, actedBy } = filter;
  if (project !== undefined) return [{ index: 'project', equals: { project } }];
  if (actedBy !== undefined) {
    const { person, since } = actedBy;
    return [{ index: 'acted', equals: { actedBy: person }, range: since === null ? {} : { gte: since } }];
  }
  const open = openOf(filter);
  return (open === undefined ? [true, false] : [open]).flatMap((isOpen) =>
    [true, false].map((fastTrack) => ({
      ...indexOf(filter, { open: isOpen, fastTrack }),
      range: rangeOf(filter),
    })),
  );
}

export function countsOf(items: readonly WorklistItem[]): WorklistCounts {
  const ofLamp = (lamp: WorklistItem['lamp']) => items.filter((item) => item.lamp === lamp).length;
  return {
    red: ofLamp('red'),
    yellow: ofLamp('yellow'),
    green: ofLamp('green'),
    unassigned: items.filter(isUnassigned).length,
    total: items.length,
  };
}

/** Comes before every instant and every other text. */
const FIRST = '';

/** The texts by which an order goes; in that of instants the latest first, and what nobody holds last. */
const KEYS: Readonly<Record<WholeOrder | 'due', (item: WorklistItem) => readonly [string, string]>> = {
  due: ({ fastTrack, dueAt }) => [fastTrack ? '0' : '1', dueAt],
  project: ({ project, dueAt }) => [project, dueAt],
  '-heldSince': ({ heldSince }) => [heldSince ?? FIRST, FIRST],
};

type Place = readonly [key: string, second: string, id: string];

const placeOf = (order: WholeOrder | 'due', item: WorklistItem): Place => [...KEYS[order](item), item.id];

function comparePlaces(order: WholeOrder | 'due'): (one: Place, other: Place) => number {
  const keys = by<Place>(
    ([key]) => key,
    ([, second]) => second,
  );
  const ids = by<Place>(([, , id]) => id);
  const sign = order === '-heldSince' ? -1 : 1;
  return (one, other) => sign * keys(one, other) || ids(one, other);
}

/** One page of a list that was read as a whole. @throws InvalidQuery */
export function pageInOrder(
  items: readonly WorklistItem[],
  {
    order,
    limit,
    cursor,
  }: { readonly order: WholeOrder | 'due'; readonly limit: number; readonly cursor: string | null },
): { readonly items: readonly WorklistItem[]; readonly nextCursor: string | null } {
  const compare = comparePlaces(order);
  const after = cursor === null ? null : placeIn(cursor);
  const rest = items
    .map((item) => ({ item, place: placeOf(order, item) }))
    .filter(({ place }) => after === null || compare(place, after) > 0)
    .sort((one, other) => compare(one.place, other.place));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    nextCursor: rest.length > limit && last !== undefined ? cursorOf(last.place) : null,
  };
}

function placeIn(cursor: string): Place {
  const content = cursorContent(cursor);
  if (!Array.isArray(content) || content.length !== 3) throw notOfThisList();
  const [key, second, id] = content as readonly unknown[];
  if (typeof key !== 'string' || typeof second !== 'string' || typeof id !== 'string') throw notOfThisList();
  return [key, second, id];
}

const notOfThisList = (): InvalidQuery => new InvalidQuery('the cursor is not one of this list');
