/**
 * A map of bounded size that forgets what was not used lately: it keeps the `capacity` entries used last, and at most as many
 * older ones. Two generations instead of an order of use: when the young one is full it becomes the old one, and entries not
 * read since are dropped. An exact order would cost two writes a use.
 */
export class RecentMap<Value> {
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(readonly capacity: number) {}

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** The value of the key; if there is none, the result of `make`, which is kept. */
  getOrMake(key: string, make: (key: string) => Value): Value {
    let value = this.get(key);
    if (value === undefined) this.set(key, (value = make(key)));
    return value;
  }

  set(key: string, value: Value): void {
    this.#old.delete(key);
    this.#young.set(key, value);
    if (this.#young.size < this.capacity) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
