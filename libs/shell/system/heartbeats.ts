import { randomUUID } from 'node:crypto';
import { type Lease, type LeaseStore, StoreUnavailable } from '#libs/engine/event-sourcing';
import { SYSTEM_ROLES, type SystemRole } from './variables.js';

/** Heartbeats within the time after which a process counts as gone. */
const BEATS = 5;

/** Prefix of these leases' names, which no projection's name has. The roles and the owner follow. */
const PREFIX = 'roles:';

/** How a role is cared for: by this process, by another that is heard of, by none that is heard of any more, or never was. */
export type RoleState = 'here' | 'heard' | 'silent' | 'none';

export interface HeartbeatOptions {
  readonly roles: ReadonlySet<SystemRole>;
  /** A process that was not heard of for this long is gone. */
  readonly silentMs: number;
  /** Milliseconds that only grow. Default `performance.now`. */
  readonly clock?: () => number;
}

/**
 * Each process records its roles every few seconds, by a lease of its own in the read store, and reads those of the others.
 * One that stops in order takes its lease back; one whose lease stays and no longer changes is silent: it was killed, its
 * machine is gone, or it hangs. As with leases on work, clocks of different machines are never compared.
 */
export class Heartbeats {
  readonly #clock: () => number;
  readonly #owner = randomUUID();
  /** Of each lease of another process: its last beat, and since when that has been the last. */
  #seen = new Map<
    string,
    { readonly roles: readonly SystemRole[]; readonly beat: number; readonly since: number }
  >();
  #own: Lease | null = null;
  #hasLooked = false;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: LeaseStore,
    private readonly options: HeartbeatOptions,
  ) {
    this.#clock = options.clock ?? (() => performance.now());
  }

  start(onError: (error: unknown) => void): void {
    const beat = () => {
      this.#round = this.round().catch(onError);
      void this.#round.then(() => {
        if (this.#timer !== null) this.#timer = setTimeout(beat, this.options.silentMs / BEATS).unref();
      });
    };
    this.#timer = setTimeout(beat, 0).unref();
  }

  /** Deletes this process's lease, so that no other process waits for it. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#round;
    if (this.#own === null) return;
    try {
      await this.store.dropLease(this.#own);
    } catch (error) {
      // The others cannot be notified: to them this process looks killed, until one with its roles starts.
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  /** Beats once and looks at the others. */
  async round(): Promise<void> {
    try {
      await this.#beat();
      await this.#look();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      // While no process can write, none counts as silent: silence is counted from when the store is available again.
      const now = this.#clock();
      this.#seen = new Map([...this.#seen].map(([name, seen]) => [name, { ...seen, since: now }]));
    }
  }

  /** Of each role; everything is `heard` until this process has looked for the first time. */
  states(): Readonly<Record<SystemRole, RoleState>> {
    const of = (role: SystemRole): RoleState => {
      if (this.options.roles.has(role)) return 'here';
      if (!this.#hasLooked) return 'heard';
      const others = [...this.#seen.values()].filter(({ roles }) => roles.includes(role));
      if (others.length === 0) return 'none';
      return others.some((one) => !this.#isSilent(one)) ? 'heard' : 'silent';
    };
    return { api: of('api'), projector: of('projector'), clock: of('clock') };
  }

  /** Needed roles that no process has: those of silent processes, and `projector` when no process keeps the read models. */
  missing(): readonly SystemRole[] {
    const states = this.states();
    return SYSTEM_ROLES.filter(
      (role) => states[role] === 'silent' || (role === 'projector' && states[role] === 'none'),
    );
  }

  async #beat(): Promise<void> {
    const { store } = this;
    if (this.#own !== null) {
      const next = { ...this.#own, beat: this.#own.beat + 1 };
      if (await store.renewLease(next)) {
        this.#own = next;
        return;
      }
    }
    // The first one, or one that others took away while this process hung.
    const name = `${PREFIX}${[...this.options.roles].sort().join('+')}:${this.#owner}`;
    const own = { name, owner: this.#owner, term: 1, beat: 0 };
    if (await store.takeLease(own)) this.#own = own;
    // Stored already by a call whose answer was lost.
    else this.#own = (await store.leases()).find((lease) => lease.name === name) ?? null;
  }

  async #look(): Promise<void> {
    const now = this.#clock();
    const others = (await this.store.leases()).filter(
      ({ name, owner }) => name.startsWith(PREFIX) && owner !== this.#owner,
    );
    this.#seen = new Map(
      others.map(({ name, beat }) => {
        const before = this.#seen.get(name);
        const since = before?.beat === beat ? before.since : now;
        return [name, { roles: rolesIn(name), beat, since }];
      }),
    );
    this.#hasLooked = true;
    // A process that was replaced needs no attention.
    const states = this.states();
    for (const lease of others) {
      const seen = this.#seen.get(lease.name);
      if (seen === undefined || !this.#isSilent(seen)) continue;
      if (seen.roles.some((role) => states[role] === 'silent')) continue;
      await this.store.dropLease(lease);
      this.#seen.delete(lease.name);
    }
  }

  #isSilent({ since }: { readonly since: number }): boolean {
    return this.#clock() - since > this.options.silentMs;
  }
}

function rolesIn(name: string): readonly SystemRole[] {
  const [, roles = ''] = name.split(':');
  return SYSTEM_ROLES.filter((role) => roles.split('+').includes(role));
}
