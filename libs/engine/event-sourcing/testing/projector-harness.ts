import { afterEach } from '@jest/globals';
import { physicalModel } from '../reading/generation.js';
import { type Projection } from '../reading/projection.js';
import { Projector, type ProjectorOptions } from '../reading/projector.js';
import { type StoredDocument } from '../reading/read-store.js';
import { type CounterEvent, counterProjection, newEvent, parityProjection } from './counter.js';
import { type SpecEventStore, type SpecReadStore } from './spec-stores.js';

const running: Projector[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.stop()));
});

/** A projector that is stopped at the end of its test. */
export function projector(
  events: SpecEventStore,
  reads: SpecReadStore,
  options: ProjectorOptions = {},
  projections: readonly Projection[] = [counterProjection(), parityProjection],
): Projector {
  const made = new Projector(events, reads, projections, { backOffMs: { first: 1, longest: 5 }, ...options });
  running.push(made);
  return made;
}

let nextId = 0;
/** Appends each event to the stream of its counter; returns the last position. */
export async function append(store: SpecEventStore, ...events: readonly CounterEvent[]): Promise<bigint> {
  let position = -1n;
  for (const event of events) {
    const stream = `counter-${event.data.counter}`;
    const expected = store.events.findLast((known) => known.stream === stream)?.revision ?? null;
    ({ position } = await store.append(stream, expected, [newEvent(`event-${nextId++}`, event)]));
  }
  return position;
}
export const opened = (counter: string, group = 'g'): CounterEvent => ({
  type: 'CounterOpened',
  version: 1,
  data: { counter, group },
});
export const raised = (counter: string, by: number): CounterEvent => ({
  type: 'CounterRaised',
  version: 1,
  data: { counter, by },
});
export const closed = (counter: string): CounterEvent => ({
  type: 'CounterClosed',
  version: 1,
  data: { counter },
});

export const history = [
  opened('a'),
  opened('b', 'h'),
  raised('a', 2),
  raised('b', 3),
  raised('a', 4),
  opened('c'),
  closed('a'),
  raised('b', -3),
  closed('c'),
];
/** Ends what hangs, and measures nothing. */
export const patience = { timeoutMs: 300_000 };

/** Documents of a model by id, with what they have seen. */
export const documents = (
  reads: SpecReadStore,
  model: string,
  generation: string | number = 1,
): Record<string, StoredDocument> =>
  Object.fromEntries(
    [...reads.kept].flatMap(([key, kept]) => {
      const prefix = `${physicalModel(model, generation)}/`;
      return key.startsWith(prefix) ? [[key.slice(prefix.length), kept]] : [];
    }),
  );

export const allDocuments = (reads: SpecReadStore) => ({
  counter: documents(reads, 'counter'),
  group: documents(reads, 'group'),
  parity: documents(reads, 'parity'),
});
