import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { type Db, type MongoClient } from 'mongodb';
import { within } from './mongodb-errors.js';

/** After how many times the limit of a call without any answer the client is taken to be stuck. */
const PATIENCE = 3;

export interface MongoConnectionOptions {
  readonly database: string;
  /** How long one call may take before the engine counts as away. */
  readonly timeLimitMs: number;
  /** Milliseconds that only grow. Default `performance.now`. */
  readonly clock?: () => number;
}

/**
 * The driver's client, replaced when it is stuck. After a connection was cut the driver (7.9.0, seen under load) may report
 * forever that it is closed, while a new client finds the server at once: its monitor waits for an answer that does not come. A
 * server that is unavailable for longer gets a new client each time, which does no harm.
 */
export class MongoConnection {
  #client: MongoClient;
  #isConnected = false;
  /** Since when nothing has been answered; null while the last call was. */
  #silentSince: number | null = null;
  readonly #clock: () => number;

  /** @param open makes a client that is not connected */
  constructor(
    private readonly open: () => MongoClient,
    private readonly options: MongoConnectionOptions,
  ) {
    this.#client = open();
    this.#clock = options.clock ?? (() => performance.now());
  }

  /** Of the present client: not to be kept from one call to the next. */
  get db(): Db {
    return this.#client.db(this.options.database);
  }

  /** One call of the driver, within the time limit. @throws StoreUnavailable */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const client = this.#client;
    try {
      const answer = await within(
        this.options.timeLimitMs,
        this.#isConnected ? call() : this.#connect(client).then(call),
      );
      this.#silentSince = null;
      return answer;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#unanswered(client);
      else this.#silentSince = null;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** The driver connects by itself at the first call, but only once: after a failure it would say "closed" forever. */
  async #connect(client: MongoClient): Promise<void> {
    await client.connect();
    this.#isConnected ||= client === this.#client;
  }

  #unanswered(client: MongoClient): void {
    if (client !== this.#client) return;
    const now = this.#clock();
    this.#silentSince ??= now;
    if (now - this.#silentSince < PATIENCE * this.options.timeLimitMs) return;
    this.#client = this.open();
    this.#isConnected = false;
    this.#silentSince = null;
    // It is not used any more, and a stuck client may fail to close.
    client.close().catch(() => undefined);
  }
}
