import { pause } from './pause.js';

/** Milliseconds before the second try, and at most between two. */
export interface BackOff {
  readonly first: number;
  readonly longest: number;
}

/** How long to wait after a number of failed attempts: twice as long each time. */
export function waitAfter(failures: number, { first, longest }: BackOff): number {
  return Math.min(longest, first * 2 ** (failures - 1));
}

interface RetryOptions {
  readonly backOff: BackOff;
  /** Whether to try again after this many failures. */
  readonly isWorthIt: (error: unknown, failures: number) => boolean;
}

const NEVER = new AbortController().signal;

/** Repeats work until it succeeds or is not worth another try. The signal ends the waiting: null when it came first. */
export function retry<Result>(
  work: () => Promise<Result>,
  options: RetryOptions & { readonly signal: AbortSignal },
): Promise<Result | null>;
export function retry<Result>(work: () => Promise<Result>, options: RetryOptions): Promise<Result>;
export async function retry<Result>(
  work: () => Promise<Result>,
  { backOff, isWorthIt, signal = NEVER }: RetryOptions & { readonly signal?: AbortSignal },
): Promise<Result | null> {
  for (let failures = 0; !signal.aborted;) {
    try {
      return await work();
    } catch (error) {
      if (!isWorthIt(error, ++failures)) throw error;
    }
    await pause(waitAfter(failures, backOff), signal);
  }
  return null;
}
