import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';
import { type AppendResult } from '#libs/engine/event-sourcing';
import { isAway } from './eventstoredb-errors.js';

const DISPOSE_MS = 2_000;

/** User and password of a connection string, as a call's own credentials. */
function credentialsOf(url: string): Credentials {
  const [, username = '', password = ''] = /^[a-z+]+:\/\/([^:@/]*):([^@/]*)@/.exec(url) ?? [];
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/** How long after an error of the connection the engine counts as changing: a leader is elected, a node starts. */
const CHANGING_MS = 10_000;

/**
 * The connection of this process for one connection string: one client for reads and subscriptions, one for appends.
 *
 * Without credentials of their own, appends go through one stream of the client, which is faster, but the table of who waits
 * for which answer is one for all clients of the process: an error on one append stream rejects the appends of every other, and
 * their answers then have no caller and throw outside any call. So there is never more than one append stream. Reads have a
 * client of their own because the client gives up its connection at an error of any call, and would open a second append stream
 * while the first still lives. A second connection string (a copy from engine to engine) appends call by call.
 */
export class SharedClient {
  static readonly #open = new Map<string, SharedClient>();

  readonly #asked = new Set<Promise<void>>();
  /** Emits `append` when this process has appended something: a subscription need not wait for the server's notification. */
  readonly events = new EventEmitter().setMaxListeners(0);
  /** Appends being sent, by their content: the engine drops the same append sent twice at once without an answer. */
  readonly inFlight = new Map<string, Promise<AppendResult>>();
  /** More than one node: another may take over within a second. */
  readonly isCluster: boolean;
  #client: EventStoreDBClient;
  #appends: EventStoreDBClient;
  #renewing: Promise<unknown> | null = null;
  #troubleAt = -Infinity;
  #users = 0;

  private constructor(
    private readonly url: string,
    private readonly viaStream: boolean,
  ) {
    this.isCluster = /^[a-z]+\+discover:|^[^/]*\/\/[^/?]*,/.test(url);
    this.#client = EventStoreDBClient.connectionString(url);
    this.#appends = EventStoreDBClient.connectionString(url);
  }

  /** @throws Error for text that is not a connection string */
  static take(url: string): SharedClient {
    const viaStream = ![...SharedClient.#open.values()].some((other) => other.viaStream && other.url !== url);
    const client = SharedClient.#open.get(url) ?? new SharedClient(url, viaStream);
    SharedClient.#open.set(url, client);
    client.#users += 1;
    return client;
  }

  /** For reads and subscriptions. */
  get client(): EventStoreDBClient {
    return this.#client;
  }

  /** For appends; waits while the former client is being closed. */
  async appendClient(): Promise<EventStoreDBClient> {
    while (this.#renewing) await this.#renewing;
    return this.#appends;
  }

  /** Options that choose the way of an append. */
  get appendOptions(): { readonly credentials?: Credentials } {
    return this.viaStream ? {} : { credentials: credentialsOf(this.url) };
  }

  /** A call ended in this error. */
  failed(error: unknown): void {
    if (isAway(error)) this.#troubleAt = performance.now();
  }

  /** The engine was unavailable a moment ago, so that an append may be with a node that answers late or never. */
  get isChanging(): boolean {
    return performance.now() - this.#troubleAt < CHANGING_MS;
  }

  /** Resolves when every reader that has asked for the end of the log knows it; null when no reader is asking. */
  endsKnown(): Promise<unknown> | null {
    return this.#asked.size > 0 ? Promise.all(this.#asked) : null;
  }

  /**
   * Remembers the end of the log that a reader has asked for: an append of this process made after that waits for the answer,
   * so that the reader does not see it.
   */
  reading(end: Promise<unknown>): void {
    const asked = end.then(
      () => undefined,
      () => undefined,
    );
    this.#asked.add(asked);
    void asked.then(() => this.#asked.delete(asked));
  }

  /** Replaces a client that remembers a failed discovery of the cluster, or a node that is not its leader, forever. */
  renew(failed: EventStoreDBClient): void {
    if (failed === this.#client) {
      this.#client = EventStoreDBClient.connectionString(this.url);
      void failed.dispose();
    }
    if (failed !== this.#appends || this.#renewing) return;
    // The new one opens its append stream only after the former one's has ended.
    this.#renewing = closed(failed).then(() => {
      this.#appends = EventStoreDBClient.connectionString(this.url);
      this.#renewing = null;
    });
  }

  async release(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0) return;
    SharedClient.#open.delete(this.url);
    await this.#renewing;
    await Promise.all([closed(this.#client), closed(this.#appends)]);
  }
}

/** A client waits for every call to end, and a server that is gone ends none. */
const closed = (client: EventStoreDBClient): Promise<unknown> =>
  Promise.race([client.dispose(), sleep(DISPOSE_MS, undefined, { ref: false })]);
