/**
 * A page of a list that is made as a whole, since its ranks need all of it. The cursor is the key of the last item
 * shown; the list is in the order of its keys.
 */
export function pageAfter<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | null },
): { readonly items: readonly Item[]; readonly nextCursor: string | null } {
  const rest = cursor === null ? all : all.filter((item) => keyOf(item) > cursor);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rest.length > limit && last !== undefined ? keyOf(last) : null };
}
