import { setTimeout as sleep } from 'node:timers/promises';
import {
  NO_STREAM,
  type AppendResult as EngineAnswer,
  type EventData,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { discoveryFailed, isAway, isNotLeader } from './eventstoredb-errors.js';
import { type SharedClient } from './shared-client.js';
import { ENGINE } from './time-limit.js';

/** Pauses before an append that was refused, or whose answer was lost, is sent again: to one node, to a cluster. */
const PAUSES_MS = { node: [50, 250], cluster: [50, 250, 500, 1_000] };
/**
 * An attempt without an answer for this long is sent again while the engine is changing. An append that reaches a node which is
 * being elected is answered only by the server's own deadline, 5 s later, though the election takes less than one.
 */
const RESEND_AFTER_MS = 1_000;

type Outcome = { readonly answer: EngineAnswer } | { readonly error: unknown };

/**
 * One append, sent until one of its attempts is answered. An append whose answer was lost may be stored or not: the same events
 * after the same expected revision are stored once and get the first answer, so each attempt is exactly the same, never with a
 * revision read anew.
 */
export class AppendTries {
  #isGivenUp = false;
  /** Attempts without an answer yet; an earlier one may still be the one that is answered. */
  readonly #open = new Set<Promise<void>>();
  readonly #outcomes: Outcome[] = [];

  constructor(
    private readonly shared: SharedClient,
    private readonly stream: string,
    private readonly expected: bigint | null,
    private readonly events: EventData[],
  ) {}

  /** No further attempt is made: the call was rejected, because the engine is unavailable. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  /** @throws the client's error of the last try; StoreUnavailable when it was given up */
  async answer(): Promise<EngineAnswer> {
    const pauses = this.shared.isCluster ? PAUSES_MS.cluster : PAUSES_MS.node;
    await this.#send();
    for (let refused = 0; ;) {
      const outcome = this.#outcomes.shift() ?? (await this.#next());
      if (this.#isGivenUp) throw new StoreUnavailable(ENGINE, 'the append was given up');
      if (outcome === null) {
        if (this.shared.isChanging) await this.#send();
        continue;
      }
      if ('answer' in outcome) return outcome.answer;
      if (!isAway(outcome.error)) throw outcome.error;
      if (this.#open.size > 0 || this.#outcomes.length > 0) continue;
      const pause = pauses[refused];
      if (pause === undefined) throw outcome.error;
      refused += 1;
      await sleep(pause);
      await this.#send();
    }
  }

  async #send(): Promise<void> {
    const client = await this.shared.appendClient();
    const one = this.#try(client).then((outcome) => {
      this.#open.delete(one);
      this.#outcomes.push(outcome);
    });
    this.#open.add(one);
  }

  async #try(client: EventStoreDBClient): Promise<Outcome> {
    try {
      return {
        answer: await client.appendToStream(this.stream, this.events, {
          expectedRevision: this.expected ?? NO_STREAM,
          ...this.shared.appendOptions,
        }),
      };
    } catch (error) {
      this.shared.failed(error);
      if (discoveryFailed(error) || isNotLeader(error)) this.shared.renew(client);
      return { error };
    }
  }

  /** The next outcome; null when none has come for as long as a try is given. */
  async #next(): Promise<Outcome | null> {
    const waited = new AbortController();
    const late = sleep(RESEND_AFTER_MS, null, { signal: waited.signal }).catch(() => null);
    await Promise.race([...this.#open, late]);
    waited.abort();
    return this.#outcomes.shift() ?? null;
  }
}
