/**
 * Runs work side by side across lanes and one after the other inside a lane, with a bound on how much waits: `add`
 * answers when there is room for more.
 */
export class CaseLanes {
  private readonly tails = new Map<string, Promise<void>>();
  private waiting = 0;
  private fault: { readonly error: unknown } | null = null;
  private wake: (() => void) | null = null;

  constructor(private readonly limit: number) {}

  /** @throws whatever earlier work threw: after that nothing more is begun. */
  async add(lane: string, work: () => Promise<void>): Promise<void> {
    while (this.waiting >= this.limit && !this.fault) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    this.rethrow();
    this.waiting += 1;
    const tail = (this.tails.get(lane) ?? Promise.resolve())
      .then(() => (this.fault ? undefined : work()))
      .catch((error: unknown) => {
        this.fault ??= { error };
      })
      .then(() => {
        this.waiting -= 1;
        if (this.tails.get(lane) === tail) this.tails.delete(lane);
        this.wake?.();
      });
    this.tails.set(lane, tail);
  }

  /** Waits until all that was begun is done. */
  async settle(): Promise<void> {
    await Promise.all(this.tails.values());
  }

  /** @throws the first error of any work. */
  rethrow(): void {
    if (this.fault) throw this.fault.error;
  }
}
