import { KeyedQueue } from '#libs/engine/event-sourcing';
/**
 * Runs work concurrently across lanes and in order inside a lane, with a bound on how much waits: `add` resolves when there is
 * room for more.
 */
export class CaseLanes {
  private readonly lanes = new KeyedQueue();
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
    void this.lanes.run(lane, () => this.inTurn(work));
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    try {
      if (!this.fault) await work();
    } catch (error) {
      this.fault ??= { error };
    }
    this.waiting -= 1;
    this.wake?.();
  }

  /** Waits until all that was begun is done. */
  async settle(): Promise<void> {
    await this.lanes.settled();
  }

  /** @throws the first error of any work. */
  rethrow(): void {
    if (this.fault) throw this.fault.error;
  }
}
