import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long a test waits for a condition, in milliseconds. It ends what hangs and measures nothing: a machine on which thirty
 * processes share two processors gets there too. Below Jest's own limit, so that a wait that fails says for what.
 */
export const PATIENCE_MS = 300_000;
const LOOK_EVERY_MS = 20;

/** Waits until the condition holds. @throws Error that names it after {@link PATIENCE_MS} */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what}: not so within ${PATIENCE_MS} ms`);
    await sleep(LOOK_EVERY_MS);
  }
}
