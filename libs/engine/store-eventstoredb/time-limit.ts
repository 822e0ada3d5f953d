import { StoreUnavailable } from '#libs/engine/event-sourcing';

export const ENGINE = 'eventstoredb';

/**
 * Waits for one call, at most `limitMs`. The client ignores deadlines in most calls: without this, a frozen server
 * holds every caller until the keep-alive gives up, some 18 seconds later.
 * @throws StoreUnavailable
 */
export function within<T>(limitMs: number, call: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new StoreUnavailable(ENGINE, `no answer within ${limitMs} ms`));
    }, limitMs);
    call.then(
      (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** Waits for a call or for the signal; null when the signal came first. The result of the call is then ignored. */
export async function unlessAborted<T>(signal: AbortSignal, call: Promise<T>): Promise<T | null> {
  if (signal.aborted) {
    call.catch(() => undefined);
    return null;
  }
  let stop: () => void = () => undefined;
  const aborted = new Promise<null>((resolve) => {
    stop = () => {
      resolve(null);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([call, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
