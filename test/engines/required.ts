/** The stores whose absence fails the run instead of skipping a suite: `REQUIRE_STORES=eventstoredb,mongodb`. */
const required = (process.env.REQUIRE_STORES ?? '').split(',').map((name) => name.trim());

/**
 * Called when a store's engine cannot be had.
 * @throws Error when REQUIRE_STORES names the store
 */
export function skipUnlessRequired(store: string, reason: string): void {
  if (required.includes(store)) throw new Error(`REQUIRE_STORES names ${store}: ${reason}`);
}
