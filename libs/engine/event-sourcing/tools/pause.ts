/** Waits for this many milliseconds, or (null) until the signal, which always ends it at once. */
export async function pause(milliseconds: number | null, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = milliseconds === null ? undefined : setTimeout(over, milliseconds);
    signal.addEventListener('abort', over, { once: true });
  });
}
