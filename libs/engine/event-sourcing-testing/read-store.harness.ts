import {
  type Document,
  type JsonObject,
  type Query,
  type ReadStore,
  type Write,
} from '#libs/engine/event-sourcing';

/** A store to test, empty at first. Whatever engine stands behind, the expectations are the same. */
export interface ReadStoreHarness {
  readonly store: ReadStore;
  /** Closes the store and opens it again on the same data; `store` is not used after that. */
  reopen(): Promise<ReadStore>;
  /** One more store on the same data, as another process would open it. */
  second(): Promise<ReadStore>;
  /** Closes everything that was opened and removes the data. */
  cleanup(): Promise<void>;
}

export const worklist = {
  name: 'worklist@1',
  indexes: {
    all: { equals: [] },
    byDepartment: { equals: ['department'], range: 'due' },
    byTag: { equals: ['tags'] },
    byDepartmentAndLamp: { equals: ['department', 'lamp'], range: 'title' },
    byUrgent: { equals: ['urgent'] },
    byTitle: { equals: [], range: 'title' },
    late: { equals: [], range: 'lateSince', present: 'lateSince' },
    byHolder: { equals: ['holder'], range: 'due', present: 'holder' },
  },
} as const;
export const other = { name: 'overview@1', indexes: { all: { equals: [] } } } as const;

export const at = (position: number) => ({
  position: BigInt(position),
  recordedAt: '2026-11-24T02:00:00.000Z',
});

export function write(id: string, fields: JsonObject = {}, seen = 1n, model: string = worklist.name): Write {
  return { model, document: { id, ...fields }, seen };
}

export const ids = (documents: readonly Document[]): string[] => documents.map(({ id }) => id);

/** All pages of a query, one after another; the cursor of each leads to the next. */
export async function pages(store: ReadStore, query: Query): Promise<string[][]> {
  const list: string[][] = [];
  let cursor: string | null = null;
  do {
    const page = await store.find(worklist.name, { ...query, cursor });
    list.push(ids(page.items));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return list;
}
