import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventStore, StoreUnavailable } from '#libs/engine/event-sourcing';
import { all, refusal, until } from '#libs/engine/event-sourcing-testing';
import { openEventStoreDb } from '#libs/engine/store-eventstoredb';
import { EventStoreDbCluster } from '../engines/eventstoredb-cluster.js';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { datas, event } from './eventstoredb-events.js';

const WRITERS = 16;

const unhandled: unknown[] = [];
const note = (error: unknown) => unhandled.push(error);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note).on('uncaughtException', note);
});
afterEach(() => {
  process.off('unhandledRejection', note).off('uncaughtException', note);
  expect(unhandled).toEqual([]);
});

/** Appends one event after another to its stream until one is refused. */
class Writer {
  acknowledged = 0;
  readonly refusals: unknown[] = [];
  readonly #done: Promise<void>;
  #isStopped = false;

  constructor(
    private readonly store: EventStore,
    readonly stream: string,
  ) {
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const next = this.acknowledged;
      const expected = next === 0 ? null : BigInt(next - 1);
      try {
        const { revision } = await this.store.append(this.stream, expected, [
          event(`${this.stream} ${next}`),
        ]);
        if (revision !== BigInt(next)) throw new Error(`${this.stream} is at ${revision}, not at ${next}`);
        this.acknowledged += 1;
      } catch (error) {
        this.refusals.push(error);
        return;
      }
    }
  }
}

describe('a cluster whose leader changes', () => {
  let cluster: EventStoreDbCluster;
  let store: EventStore;
  let writers: Writer[];

  beforeEach(async () => {
    cluster = await EventStoreDbCluster.start();
    store = await openEventStoreDb(cluster.url, { timeLimitMs: 50_000 });
    writers = Array.from({ length: WRITERS }, (_, n) => new Writer(store, `w-${n}`));
  });
  afterEach(async () => {
    await Promise.all(writers.map((writer) => writer.stop()));
    await store.close();
    cluster.stop();
  });

  const allHaveGoneOn = async (): Promise<void> => {
    const before = writers.map(({ acknowledged }) => acknowledged);
    const isDone = ({ acknowledged, refusals }: Writer, n: number) =>
      refusals.length > 0 || acknowledged > (before[n] ?? 0) + 1;
    await until('all writers go on', () => writers.every(isDone));
    expect(writers.flatMap(({ refusals }) => refusals)).toEqual([]);
  };

  const nothingIsLost = async (): Promise<void> => {
    await Promise.all(writers.map((writer) => writer.stop()));
    for (const { stream, acknowledged, refusals } of writers) {
      expect({ stream, refusals }).toEqual({ stream, refusals: [] });
      const numbers = Array.from({ length: acknowledged }, (_, n) => `${stream} ${n}`);
      expect(datas(await all(store.readStream(stream)))).toEqual(numbers);
    }
  };

  test('K13 appends that a node being elected holds forever are sent again and acknowledged, each stored once', async () => {
    await allHaveGoneOn();
    cluster.killLeader();
    const others = cluster.nodes.filter(({ isRunning }) => isRunning);
    await until('appends are held', () => others.some(({ heldAppends }) => heldAppends === WRITERS));
    cluster.elect(others[0] ?? cluster.node(0));
    await allHaveGoneOn();
    await nothingIsLost();
  });

  test('K13 a held append that the server refuses after its own deadline has been acknowledged long before', async () => {
    await allHaveGoneOn();
    for (const node of cluster.nodes) node.faults.heldMs = 5_000;
    cluster.killLeader();
    const others = cluster.nodes.filter(({ isRunning }) => isRunning);
    await until('appends are held', () => others.some(({ heldAppends }) => heldAppends > 0));
    cluster.elect(others[1] ?? cluster.node(0));
    await allHaveGoneOn();
    await nothingIsLost();
  });

  test('K13 a leader that steps down names the new one, and appends go there', async () => {
    await allHaveGoneOn();
    cluster.elect(cluster.node(2));
    await allHaveGoneOn();
    cluster.elect(cluster.node(1));
    await allHaveGoneOn();
    await nothingIsLost();
  });

  test('K13 four changes of leader under writers, a reader and a subscription cause no uncaught error', async () => {
    const stop = new AbortController();
    const seen: unknown[] = [];
    // As a projector does: from where it is, again and again while the engine is away.
    const subscribed = (async () => {
      for (let after: bigint | null = null; !stop.signal.aborted;) {
        try {
          for await (const batch of store.subscribeToAll({ after, signal: stop.signal })) {
            seen.push(...datas(batch.events));
            after = batch.position;
          }
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
        }
      }
    })();
    for (let round = 0; round < 4; round += 1) {
      await allHaveGoneOn();
      const held = cluster.heldAppends;
      const killed = cluster.killLeader();
      const reading = Promise.allSettled(writers.map(({ stream }) => all(store.readStream(stream))));
      const others = cluster.nodes.filter(({ isRunning }) => isRunning);
      await until('appends are held', () => cluster.heldAppends > held);
      cluster.elect(others[round % 2] ?? cluster.node(0));
      await reading;
      await allHaveGoneOn();
      await killed.start();
    }
    await nothingIsLost();
    await until(
      'the subscription has seen all',
      () => seen.length === writers.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    );
    stop.abort();
    await subscribed;
    expect(seen).toEqual(datas(await all(store.readAll(null))));
  });
});

describe('a server that starts', () => {
  let server: EventStoreDbServer;
  let store: EventStore;
  beforeEach(async () => {
    server = await EventStoreDbServer.start();
    store = await openEventStoreDb(server.url);
  });
  afterEach(async () => {
    await store.close();
    server.stop();
  });

  test('K13 is unavailable until it is ready, to appends and reads', async () => {
    server.faults.appends = 'not-ready';
    server.faults.readsRefused = true;
    expect(await refusal(store.append('s', null, [event('e-0')]))).toBe(StoreUnavailable);
    expect(await refusal(all(store.readStream('s')))).toBe(StoreUnavailable);
    expect(await refusal(store.lastPosition())).toBe(StoreUnavailable);
    server.faults.appends = 'served';
    server.faults.readsRefused = false;
    expect(await store.append('s', null, [event('e-0')])).toMatchObject({ revision: 0n });
  });

  test('K13 a read that is refused leaves the process with one append stream', async () => {
    server.faults.delayMs = 20;
    const append = (n: number) => store.append(`s-${n}`, null, [event(`e-${n}`)]);
    const first = [0, 1, 2].map(append);
    await until('the append stream is open', () => server.appendStreams === 1);
    server.faults.readsRefused = true;
    expect(await refusal(store.lastPosition())).toBe(StoreUnavailable);
    const streams: number[] = [];
    for (const n of [3, 4, 5]) {
      await append(n);
      streams.push(server.appendStreams);
    }
    expect(streams).toEqual([1, 1, 1]);
    expect((await Promise.all(first)).map(({ revision }) => revision)).toEqual([0n, 0n, 0n]);
  });
});
