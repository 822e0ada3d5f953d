/**
 * Heads of the streams used lately. Two generations instead of an order of use: when the young one is full it becomes
 * the old one, and what nobody asked for meanwhile is forgotten. At most twice the capacity, and one write per use.
 */
export class HeadCache {
  private young = new Map<string, number>();
  private old = new Map<string, number>();

  constructor(private readonly capacity: number) {}

  get(stream: string): number | undefined {
    return this.young.get(stream) ?? this.old.get(stream);
  }

  set(stream: string, head: number): void {
    this.young.set(stream, head);
    if (this.young.size < this.capacity) return;
    this.old = this.young;
    this.young = new Map();
  }
}
