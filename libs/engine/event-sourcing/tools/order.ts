type Sortable = string | number | bigint;

/** Ascending: numbers by size, texts by UTF-16 units. */
export function ascending<T extends Sortable>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares by the first key, and where that is the same by the next. */
export function by<T>(...keys: readonly ((item: T) => Sortable)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const order = ascending(key(a), key(b));
      if (order !== 0) return order;
    }
    return 0;
  };
}
