import { createHash } from 'node:crypto';
import { type Lease, type LeaseStore } from '../reading/lease-store.js';

export interface LeaseKeeperOptions {
  /** Unique to this process: a process that starts again is another owner. */
  readonly owner: string;
  /** Divides the work among `owners`, one list of names each; the same in every process that runs the same code. */
  readonly shares: (owners: number) => readonly (readonly string[])[];
  /** Others who begin at the same time, this one among them or not: they are counted before they are seen. Default none. */
  readonly together?: readonly string[];
  /** An owner that has not been heard of for this long is gone. */
  readonly leaseMs: number;
  /** Milliseconds that only grow. Default `performance.now`. */
  readonly clock?: () => number;
}

interface Held {
  lease: Lease;
  /** By this process's clock; counted from before the renewal was sent, so it ends before anybody else may think so. */
  until: number;
}

/** Leases that say "here I am" and not "this is mine" begin with this, which no work's name does. */
const MEMBER = '~';

/**
 * One of several owners that divide a list of work by leases. Each shows by a lease of its own that it is alive, and takes its
 * share, so that work moves within seconds when an owner comes or goes. Clocks of different machines are never compared: a
 * lease whose beat has not changed for `leaseMs`, as its observer measures, is free.
 */
export class LeaseKeeper {
  readonly #held = new Map<string, Held>();
  /** Of each lease seen: what it was, and since when it has been that. */
  readonly #seen = new Map<string, { readonly mark: string; readonly since: number }>();
  readonly #clock: () => number;
  readonly #work: readonly string[];
  readonly #group: string;
  readonly #begun: number;
  #wanted: ReadonlySet<string> = new Set();

  constructor(
    private readonly store: LeaseStore,
    private readonly options: LeaseKeeperOptions,
  ) {
    this.#clock = options.clock ?? (() => performance.now());
    this.#begun = this.#clock();
    this.#work = options.shares(1).flat();
    // Another release may have other work: those who do not know a piece of work cannot be counted on to do it.
    const digest = createHash('sha256').update(JSON.stringify(this.#work)).digest('hex');
    this.#group = `${MEMBER}${digest.slice(0, 16)}~`;
  }

  /** Whether this work may be done at this moment. */
  holds(name: string): boolean {
    return this.#clock() < (this.#held.get(name)?.until ?? -Infinity);
  }

  /** What this owner should be doing: what it holds and need not give up. */
  get mine(): readonly string[] {
    return this.#work.filter((name) => this.#wanted.has(name) && this.holds(name));
  }

  /** What it holds and should release, once it has stopped that work: see `release`. */
  get surplus(): readonly string[] {
    return this.#work.filter((name) => !this.#wanted.has(name) && this.#held.has(name));
  }

  /**
   * Renews what is held, finds the other owners, and takes what is this owner's share and free. Call it several times within
   * `leaseMs`. @throws StoreUnavailable: what is held stays held until its time is over
   */
  async round(): Promise<void> {
    await Promise.all([...this.#held.values()].map((held) => this.#renew(held)));
    const member = this.#group + this.options.owner;
    if (!this.#held.has(member)) await this.#take(member, 1);
    const leases = await this.store.leases();
    const current = new Map(leases.map((lease) => [lease.name, lease]));
    this.#watch(leases);
    for (const lease of leases) await this.#compare(lease);
    this.#wanted = this.#share(leases);
    for (const name of this.#wanted) {
      const lease = current.get(name);
      if (this.#held.has(name) || (lease && !this.#isOver(lease))) continue;
      await this.#take(name, (lease?.term ?? 0) + 1);
    }
  }

  /** Lets others have these at once. @throws StoreUnavailable: then they have it when its time is over */
  async release(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const held = this.#held.get(name);
      this.#held.delete(name);
      if (held) await this.store.dropLease(held.lease);
    }
  }

  /** Releases everything, and stops showing that it is alive. @throws StoreUnavailable */
  async leave(): Promise<void> {
    this.#wanted = new Set();
    await this.release([...this.#held.keys()]);
  }

  async #renew(held: Held): Promise<void> {
    const { lease } = held;
    const until = this.#clock() + this.options.leaseMs;
    const next = { ...lease, beat: lease.beat + 1 };
    if (await this.store.renewLease(next)) Object.assign(held, { lease: next, until });
    else this.#held.delete(lease.name);
  }

  async #take(name: string, term: number): Promise<void> {
    const until = this.#clock() + this.options.leaseMs;
    const lease: Lease = { name, owner: this.options.owner, term, beat: 0 };
    if (await this.store.takeLease(lease)) this.#held.set(name, { lease, until });
  }

  /** A lease may be another owner's, or this one's by a call whose answer was lost. */
  async #compare(lease: Lease): Promise<void> {
    if (lease.owner !== this.options.owner) this.#held.delete(lease.name);
    else if (!this.#held.has(lease.name)) await this.store.dropLease(lease);
    if (lease.name.startsWith(MEMBER) && this.#isOver(lease)) await this.store.dropLease(lease);
  }

  #watch(leases: readonly Lease[]): void {
    const now = this.#clock();
    const names = new Set(leases.map(({ name }) => name));
    for (const name of this.#seen.keys()) if (!names.has(name)) this.#seen.delete(name);
    for (const { name, owner, term, beat } of leases) {
      const mark = `${term} ${beat} ${owner}`;
      if (this.#seen.get(name)?.mark !== mark) this.#seen.set(name, { mark, since: now });
    }
  }

  #isOver({ name }: Lease): boolean {
    const seen = this.#seen.get(name);
    return seen !== undefined && this.#clock() - seen.since > this.options.leaseMs;
  }

  #share(leases: readonly Lease[]): ReadonlySet<string> {
    const seen = leases
      .filter((lease) => lease.name.startsWith(this.#group) && !this.#isOver(lease))
      .map(({ owner }) => owner);
    const areExpected = this.#clock() - this.#begun <= this.options.leaseMs;
    const expected = areExpected ? (this.options.together ?? []) : [];
    const owners = [...new Set([...seen, ...expected])].sort();
    const place = seen.includes(this.options.owner) ? owners.indexOf(this.options.owner) : -1;
    return new Set(place < 0 ? [] : this.options.shares(owners.length)[place]);
  }
}
