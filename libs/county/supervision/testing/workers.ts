import { applicationDecider, type ApplicationEvent } from '#libs/county/approval';
import {
  by,
  DeciderRunner,
  type EventStore,
  type StoredDocument,
  PolicyRunner,
  type Query,
  type StoredEvent,
  WrongExpectedRevision,
  type Model,
} from '#libs/engine/event-sourcing';
import { canaryDecider } from '../canary.decider.js';
import { type Tables } from '../case-timers.js';
import { TimersPolicy } from '../timers.policy.js';
import { type TimersDocument, timersUnder } from '../timers.projection.js';

/** Waits some turns of the event loop, as many as the next number says: so workers meet in any order. */
export class Turns {
  #next = 0;

  constructor(private readonly numbers: readonly number[]) {}

  async pass(): Promise<void> {
    for (let turn = this.take() % 4; turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
  }

  take(): number {
    return this.numbers[this.#next++ % this.numbers.length] ?? 0;
  }
}

/** A log in a list, which resolves after some turns of the event loop. The contract suites check real adapters. */
export class ListLog {
  readonly events: StoredEvent[] = [];

  constructor(private readonly turns: Turns) {}

  put(events: readonly StoredEvent[]): void {
    for (const event of events) this.events.push({ ...event, position: BigInt(this.events.length) });
  }

  /** As much of the port as a runner uses. */
  get store(): EventStore {
    const { turns } = this;
    const of = (stream: string) => this.events.filter((event) => event.stream === stream);
    const partial: Pick<EventStore, 'append' | 'readStream'> = {
      append: async (stream, expected, events) => {
        await turns.pass();
        const actual = of(stream).at(-1)?.revision ?? null;
        if (actual !== expected) throw new WrongExpectedRevision(stream, expected, actual);
        let revision = expected ?? -1n;
        for (const event of events) {
          revision += 1n;
          this.events.push({ ...event, stream, revision, position: BigInt(this.events.length) });
        }
        return { revision, position: BigInt(this.events.length - 1) };
      },
      readStream: async function* (stream, from = 0n) {
        await turns.pass();
        yield* of(stream).slice(Number(from));
      },
    };
    return partial as EventStore;
  }
}

/** A process with the role `clock`: runners that remember, and read models that have seen only a part of the log. */
export class Worker {
  readonly runner: PolicyRunner;
  #seen = 0;
  readonly #documents = new Map<string, StoredDocument>();

  constructor(
    private readonly log: ListLog,
    private readonly tables: Tables,
    private readonly turns: Turns,
    now: () => string,
  ) {
    const { calendar } = tables;
    const versions = () => ({ calendarVersion: calendar.version, catalogueVersion: null });
    const applications = new DeciderRunner(log.store, applicationDecider({ calendar }), { versions });
    const canaries = new DeciderRunner(log.store, canaryDecider, { versions });
    const models = { find: (_: Model, query: Query) => this.#find(query) } as TimersPolicyModels;
    this.runner = new PolicyRunner([new TimersPolicy({ models, applications, canaries })], {
      now,
      // Now and then the read models take too long, and the pass ends.
      reached: async () => {
        await turns.pass();
        this.project();
        return turns.take() % 5 !== 0;
      },
    });
  }

  /** The projector comes by. */
  project(): void {
    const projection = timersUnder(this.tables);
    for (const event of this.log.events.slice(this.#seen)) {
      for (const id of projection.keys(event)) {
        const before = this.#documents.get(id)?.document ?? null;
        this.#documents.set(id, { document: projection.fold(before, event, id), seen: event.position });
      }
    }
    this.#seen = this.log.events.length;
  }

  async #find({ range, limit, cursor }: Query) {
    await this.turns.pass();
    const before = range?.lt as string;
    const all = [...this.#documents.values()]
      .map(({ document }) => document as TimersDocument & StoredDocument['document'])
      .filter(({ nextAt }) => nextAt !== null && nextAt < before)
      .sort(by(({ nextAt, id }) => `${nextAt} ${id}`));
    const from = Number(cursor ?? 0);
    const items = all.slice(from, from + limit);
    return { items, nextCursor: from + items.length < all.length ? String(from + items.length) : null };
  }
}

type TimersPolicyModels = ConstructorParameters<typeof TimersPolicy>[0]['models'];

/** What happened, without who wrote it down when. */
export const told = ({ type, data, metadata }: StoredEvent) => ({
  type,
  data: data as ApplicationEvent['data'],
  occurredAt: metadata.occurredAt,
});
