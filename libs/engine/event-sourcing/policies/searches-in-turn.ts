import { type DuePage, type DueWork } from './policy.js';

/** A page of a policy that searches in several places, one after another: of the search that the cursor names, or of the first. */
export async function searchesInTurn<Search, Work extends DueWork>(
  searches: readonly Search[],
  cursor: string | null,
  find: (search: Search, cursor: string | null) => Promise<DuePage<Work>>,
): Promise<DuePage<Work>> {
  const [number, inner] = cursor === null ? [0, null] : decodeCursor(cursor);
  const search = searches[number];
  if (search === undefined) return { tasks: [], nextCursor: null };
  const { tasks, nextCursor } = await find(search, inner);
  if (nextCursor !== null) return { tasks, nextCursor: encodeCursor(number, nextCursor) };
  return { tasks, nextCursor: number + 1 < searches.length ? encodeCursor(number + 1, null) : null };
}

const encodeCursor = (search: number, inner: string | null): string => JSON.stringify([search, inner]);

const decodeCursor = (cursor: string) => JSON.parse(cursor) as readonly [number, string | null];
