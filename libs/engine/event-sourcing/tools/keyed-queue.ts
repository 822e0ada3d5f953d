/** Work under one key is done in order; work under different keys side by side. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<void>>();

  /** Begins at once when nothing is under way under the key. What fails holds up nothing that comes after it. */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key);
    const result = before ? before.then(work) : work();
    const over = () => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
    const turn: Promise<void> = result.then(over, over);
    this.#last.set(key, turn);
    return result;
  }

  /** Resolves when all that was begun so far is over, done or failed. */
  async settled(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
