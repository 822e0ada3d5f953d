import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Lease, type LeaseStore, StoreUnavailable } from '#libs/engine/event-sourcing';
import { type SystemRole } from './variables.js';
import { Heartbeats } from './heartbeats.js';

const SILENT_MS = 10_000;

/** Leases in memory, by the rules of the port. */
class Leases implements LeaseStore {
  readonly kept = new Map<string, Lease>();
  isAway = false;

  async leases(): Promise<readonly Lease[]> {
    this.#answer();
    return [...this.kept.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  async takeLease(lease: Lease): Promise<boolean> {
    this.#answer();
    if ((this.kept.get(lease.name)?.term ?? 0) !== lease.term - 1) return false;
    this.kept.set(lease.name, lease);
    return true;
  }
  async renewLease(lease: Lease): Promise<boolean> {
    this.#answer();
    const kept = this.kept.get(lease.name);
    if (kept?.owner !== lease.owner || kept.term !== lease.term) return false;
    this.kept.set(lease.name, lease);
    return true;
  }
  async dropLease(lease: Lease): Promise<void> {
    this.#answer();
    if (this.kept.get(lease.name)?.owner === lease.owner) this.kept.delete(lease.name);
  }
  #answer(): void {
    if (this.isAway) throw new StoreUnavailable('memory', 'away');
  }
}

let now: number;
let store: Leases;
beforeEach(() => {
  now = 0;
  store = new Leases();
});

const process = (...roles: readonly SystemRole[]) =>
  new Heartbeats(store, { roles: new Set(roles), silentMs: SILENT_MS, clock: () => now });
/** Time passes while these beat every two seconds. */
async function pass(milliseconds: number, ...beating: readonly Heartbeats[]): Promise<void> {
  for (const until = now + milliseconds; now < until; now += 2_000) {
    for (const one of beating) await one.round();
  }
  for (const one of beating) await one.round();
}

describe('K7 who is heard of', () => {
  test('K7 each process is heard by the others', async () => {
    const [api, projector, clock] = [process('api'), process('projector'), process('clock')];
    await pass(30_000, api, projector, clock);
    expect([api.states(), api.missing()]).toEqual([{ api: 'here', projector: 'heard', clock: 'heard' }, []]);
    expect(clock.states()).toEqual({ api: 'heard', projector: 'heard', clock: 'here' });
  });

  test('K7 one that ends without a word is silent to all others after the time of a lease, and not before', async () => {
    const [api, projector, clock] = [process('api'), process('projector'), process('clock')];
    await pass(4_000, api, projector, clock);
    await pass(10_000, api, clock);
    expect(api.missing()).toEqual([]);
    await pass(2_000, api, clock);
    expect([api.states().projector, api.missing(), clock.missing()]).toEqual([
      'silent',
      ['projector'],
      ['projector'],
    ]);
    // Until another process takes its place.
    await pass(600_000, api, clock);
    expect(api.missing()).toEqual(['projector']);
  });

  test('K7 a process that starts later finds the silent one too', async () => {
    await process('clock').round();
    now += 3_600_000;
    const api = process('api', 'projector');
    await pass(12_000, api);
    expect(api.missing()).toEqual(['clock']);
  });

  test('K7 another process with its roles ends the silence, and nothing is left of the one before', async () => {
    const api = process('api');
    await process('projector', 'clock').round();
    await pass(14_000, api);
    expect(api.missing()).toEqual(['projector', 'clock']);
    const projector = process('projector');
    await pass(4_000, api, projector);
    expect(api.missing()).toEqual(['clock']);
    const clock = process('clock');
    await pass(4_000, api, projector, clock);
    expect(api.missing()).toEqual([]);
    expect(store.kept.size).toBe(3);
  });

  test('K7 a process that stops in order is not missed; but without a projector no process keeps the read models', async () => {
    const [api, projector, clock] = [process('api'), process('projector'), process('clock')];
    await pass(4_000, api, projector, clock);
    await clock.stop();
    await pass(30_000, api, projector);
    expect([api.states().clock, api.missing()]).toEqual(['none', []]);
    await projector.stop();
    await pass(2_000, api);
    expect([api.states().projector, api.missing()]).toEqual(['none', ['projector']]);
  });

  test('K7 nothing is said of others before this process has looked', () => {
    expect(process('api').missing()).toEqual([]);
  });

  test('K7 while the store is unavailable no process counts as silent; afterwards the time counts anew', async () => {
    const [api, projector] = [process('api'), process('projector')];
    await pass(4_000, api, projector);
    store.isAway = true;
    await pass(60_000, api, projector);
    expect(api.missing()).toEqual([]);
    store.isAway = false;
    await pass(10_000, api);
    expect(api.missing()).toEqual([]);
    await pass(2_000, api);
    expect(api.missing()).toEqual(['projector']);
  });

  test('K7 one that hung and was replaced is heard again once it goes on', async () => {
    const [api, projector, other] = [process('api'), process('projector'), process('projector')];
    await pass(4_000, api, projector, other);
    await pass(14_000, api, other);
    expect(store.kept.size).toBe(2);
    await pass(2_000, api, projector);
    expect(store.kept.size).toBe(3);
    await pass(14_000, api, projector);
    expect(api.missing()).toEqual([]);
  });
});
