import { describe, test } from '@jest/globals';

/** The stores whose absence fails the run instead of skipping a suite: `REQUIRE_STORES=eventstoredb,mongodb`. */
const required = (process.env.REQUIRE_STORES ?? '').split(',').map((name) => name.trim());

/**
 * A suite whose store's engine cannot be had: it shows as skipped, with the reason.
 * @throws Error when REQUIRE_STORES names the store
 */
export function skipUnlessRequired(store: string, suite: string, reason: string): void {
  if (required.includes(store)) throw new Error(`REQUIRE_STORES names ${store}: ${reason}`);
  describe(suite, () => {
    test.skip(reason, () => undefined);
  });
}
