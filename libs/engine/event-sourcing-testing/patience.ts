import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long a test waits for a condition, in milliseconds. It ends what hangs and measures nothing: a machine on which thirty
 * processes share two processors gets there too. Below Jest's own limit, so that a wait that fails says for what.
 */
export const TEST_WAIT_MS = 300_000;
const LOOK_EVERY_MS = 20;

/** Waits until the condition holds. @throws Error that names it after {@link TEST_WAIT_MS} */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + TEST_WAIT_MS;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what}: not so within ${TEST_WAIT_MS} ms`);
    await sleep(LOOK_EVERY_MS);
  }
}
