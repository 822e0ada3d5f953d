import { AsyncLocalStorage } from 'node:async_hooks';
import { type DomainEvent, type NewEvent } from '../log/event.js';

/** An event that a command would have recorded. */
export type RehearsedEvent = {
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly version: number;
  readonly data: DomainEvent['data'];
};

/** A stream as a rehearsal has it: what is in the log, and after it what was rehearsed. */
export interface RehearsedStream<State> {
  state: State;
  revision: bigint | null;
  position: bigint | null;
}

/** Streams as the log has them, by the runner that reads them. */
type Known = Map<object, Map<string, Readonly<RehearsedStream<unknown>>>>;

/**
 * Commands that are tried: they go the whole way of a command, through every runner that they need, and nothing is stored. What
 * one of them would record, those after it find, in this rehearsal only.
 */
export class Rehearsal {
  readonly #events: RehearsedEvent[] = [];
  readonly #streams = new Map<object, Map<string, RehearsedStream<unknown>>>();

  /** `known`: what another rehearsal has read; left out, each stream is read anew. */
  constructor(private readonly known: Known = new Map()) {}

  /** One that begins again, with what this one has read of the log. */
  another(): Rehearsal {
    return new Rehearsal(this.known);
  }

  get events(): readonly RehearsedEvent[] {
    return this.#events;
  }

  /** Everything that `work` runs is rehearsed, and recorded nowhere. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    return current.run(this, work);
  }

  /** A runner's stream as it is at this point of the rehearsal; `read` is asked for its end once. */
  async stream<State>(
    runner: object,
    stream: string,
    read: () => Promise<Readonly<RehearsedStream<State>>>,
  ): Promise<RehearsedStream<State>> {
    const own = placeOf(this.#streams, runner);
    const found = own.get(stream) as RehearsedStream<State> | undefined;
    if (found !== undefined) return found;
    const known = placeOf(this.known, runner);
    const inLog = (known.get(stream) as Readonly<RehearsedStream<State>> | undefined) ?? (await read());
    known.set(stream, inLog);
    const begun = (own.get(stream) as RehearsedStream<State> | undefined) ?? { ...inLog };
    own.set(stream, begun);
    return begun;
  }

  record(stream: string, before: bigint | null, events: readonly NewEvent[]): void {
    let revision = before ?? -1n;
    for (const { type, version, data } of events) {
      revision += 1n;
      this.#events.push({ stream, revision, type, version, data });
    }
  }
}

const current = new AsyncLocalStorage<Rehearsal>();

/** The rehearsal that this is a part of; null for what is to be recorded. */
export const rehearsing = (): Rehearsal | null => current.getStore() ?? null;

function placeOf<Value>(places: Map<object, Map<string, Value>>, runner: object): Map<string, Value> {
  const found = places.get(runner) ?? new Map<string, Value>();
  places.set(runner, found);
  return found;
}
