import { setTimeout as delay } from 'node:timers/promises';

/** lmdb gives the true reason of a failed commit within this time, or never. */
const TOLD_WITHIN_MS = 1_000;

/**
 * The true reason of a rejected write. lmdb puts it into a second promise, `commitError`, which would end the process as an
 * unhandled rejection; waiting for it here handles exactly that one. Null when there is no such reason.
 */
export async function commitErrorOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('commitError' in error) || !(error.commitError instanceof Promise))
    return null;
  const told = error.commitError.then(
    () => null,
    (reason: unknown) => reason,
  );
  return Promise.race([told, delay(TOLD_WITHIN_MS, null, { ref: false })]);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
