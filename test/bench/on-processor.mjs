import { Buffer } from 'node:buffer';
import { openSync, readSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/**
 * Nanoseconds that the calling thread has waited for a processor since it began. Linux counts them exactly; elsewhere
 * nothing is known, and 0 leaves the time on the wall as it is.
 */
const waited = (() => {
  let file;
  try {
    file = openSync('/proc/thread-self/schedstat', 'r');
  } catch {
    return () => 0;
  }
  const bytes = Buffer.alloc(96);
  return () => {
    const length = readSync(file, bytes, 0, bytes.length, 0);
    return Number(bytes.toString('latin1', 0, length).split(' ')[1]);
  };
})();

/**
 * How long a piece of work took: on the wall, and without the time in which the processor was given to other processes,
 * which says nothing about the work. What the work itself waits for (a disk, a lock) stays in both.
 */
export async function timed(work) {
  const waitedBefore = waited();
  const start = performance.now();
  const answer = work();
  if (answer instanceof Promise) await answer;
  const wallMs = performance.now() - start;
  return { ms: Math.max(0, wallMs - (waited() - waitedBefore) / 1e6), wallMs };
}
