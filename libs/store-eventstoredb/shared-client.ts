import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';

const DISPOSE_MS = 2_000;

/** User and password of a connection string, as a call's own credentials. */
function credentialsOf(url: string): Credentials {
  const [, username = '', password = ''] = /^[a-z+]+:\/\/([^:@/]*):([^@/]*)@/.exec(url) ?? [];
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/**
 * The one client of this process for one connection string. Without credentials of their own, appends go through one
 * stream of the client, which is faster, but the table of who waits for which answer is one for all clients: an error
 * on one client's stream rejects the appends of the others, and their answers then find nobody and throw. So only the
 * first connection string of a process uses the stream; a second one (a copy from engine to engine) appends call by
 * call.
 */
export class SharedClient {
  static readonly #open = new Map<string, SharedClient>();

  readonly #asked = new Set<Promise<void>>();
  /** Emits `append` when this process has appended something: a subscription need not wait to be told by the server. */
  readonly events = new EventEmitter().setMaxListeners(0);
  #client: EventStoreDBClient;
  #users = 0;

  private constructor(
    private readonly url: string,
    private readonly viaStream: boolean,
  ) {
    this.#client = EventStoreDBClient.connectionString(url);
  }

  /** @throws Error for a connection string that is none */
  static take(url: string): SharedClient {
    const viaStream = ![...SharedClient.#open.values()].some((other) => other.viaStream && other.url !== url);
    const client = SharedClient.#open.get(url) ?? new SharedClient(url, viaStream);
    SharedClient.#open.set(url, client);
    client.#users += 1;
    return client;
  }

  get client(): EventStoreDBClient {
    return this.#client;
  }

  /** Options that choose the way of an append. */
  get appendOptions(): { readonly credentials?: Credentials } {
    return this.viaStream ? {} : { credentials: credentialsOf(this.url) };
  }

  /** Resolves when every reader that has asked for the end of the log knows it; null when none is asking. */
  endsKnown(): Promise<unknown> | null {
    return this.#asked.size > 0 ? Promise.all(this.#asked) : null;
  }

  /**
   * Remembers the end of the log that a reader has asked for: an append of this process made after that waits for the
   * answer, so that the reader does not meet it.
   */
  reading(end: Promise<unknown>): void {
    const asked = end.then(
      () => undefined,
      () => undefined,
    );
    this.#asked.add(asked);
    void asked.then(() => this.#asked.delete(asked));
  }

  /** Replaces a client that remembers a failed discovery of the cluster for ever. */
  renew(failed: EventStoreDBClient): void {
    if (this.#client !== failed) return;
    this.#client = EventStoreDBClient.connectionString(this.url);
    void failed.dispose();
  }

  async release(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0) return;
    SharedClient.#open.delete(this.url);
    // It waits for every call to end, and a server that is gone ends none.
    await Promise.race([this.#client.dispose(), sleep(DISPOSE_MS, undefined, { ref: false })]);
  }
}
