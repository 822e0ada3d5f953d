/** Lets any number of waiters sleep until something happens, a time has passed or they are called off. */
export class WakeUp {
  private readonly sleepers = new Set<() => void>();

  all(): void {
    for (const wake of [...this.sleepers]) wake();
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal.addEventListener('abort', wake);
      this.sleepers.add(wake);
      if (signal.aborted) wake();
    });
  }
}
