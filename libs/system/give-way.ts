import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Lets the calling thread have a processor after the threads of ordinary priority: whoever has sent a command waits for
 * the thread that answers it, and nobody for the one that folds. Where all processors are busy it gets a tenth of one.
 * Linux alone gives threads a priority each; elsewhere, and where it is not allowed, all stay equal.
 */
export function giveWay(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
