import {
  commandDigest,
  type CommandMeta,
  type DomainCommand,
  type DomainEvent,
  eventId,
  type EventMetadata,
  type FactsOf,
  type Recorded,
  type StoredEvent,
} from '#libs/engine/event-sourcing';

/** The meta of a command, the same in every test: 10:00 in China on a Tuesday, asked for by `tester`. */
export function testMeta(overrides: Partial<CommandMeta> = {}): CommandMeta {
  const now = overrides.now ?? '2026-11-24T02:00:00.000Z';
  return {
    commandId: 'command-1',
    actor: { person: 'tester', post: null, department: null, role: 'applicant' },
    onBehalfOf: null,
    occurredAt: now,
    now,
    correlationId: 'correlation-1',
    causationId: null,
    traceparent: null,
    expectedRevision: null,
    ...overrides,
  };
}

/** What may be said about the envelope of an event in a test; the rest is filled in. */
export type RecordedOverrides = Partial<Omit<StoredEvent, 'type' | 'version' | 'data' | 'metadata'>> & {
  readonly metadata?: Partial<EventMetadata>;
};

/** Wraps an event in the envelope of a stored one, as `evolve` and projections receive it. */
export function recorded<Event extends DomainEvent>(
  event: Event,
  overrides: RecordedOverrides = {},
): StoredEvent & Event {
  const { metadata, ...envelope } = overrides;
  const { commandId, actor, onBehalfOf, occurredAt, now, correlationId, causationId, traceparent } =
    testMeta();
  const revision = overrides.revision ?? 0n;
  return {
    ...event,
    id: eventId(`${commandId} ${event.type}`, Number(revision)),
    stream: 'stream-1',
    revision,
    position: revision,
    metadata: {
      actor,
      onBehalfOf,
      occurredAt,
      recordedAt: metadata?.occurredAt ?? now,
      commandId,
      commandDigest: commandDigest({ type: event.type, meta: testMeta() }),
      correlationId,
      causationId,
      traceparent,
      calendarVersion: null,
      catalogueVersion: null,
      ...metadata,
    },
    ...envelope,
  };
}

/** A stream of them: revisions and positions count from 0n. */
export function recordedStream<Event extends DomainEvent>(
  events: readonly Event[],
  overrides: RecordedOverrides = {},
): (StoredEvent & Event)[] {
  return events.map((event, index) => recorded(event, { revision: BigInt(index), ...overrides }));
}

/** A command as a test writes it: its meta may be left out or given in part; the type brand of a bus is left out. */
export type BareCommand<Command extends DomainCommand> = Command extends DomainCommand
  ? Omit<Command, 'meta' | symbol> & { readonly meta?: Partial<CommandMeta> }
  : never;

/** A command as a test writes it, with its meta; instances of classes stay such. */
export function withMeta<Command extends DomainCommand>(
  command: BareCommand<Command>,
  meta: Partial<CommandMeta> = {},
): Command {
  const copy: object = Object.create(Object.getPrototypeOf(command) as object | null) as object;
  return Object.assign(copy, command, { meta: testMeta({ ...meta, ...command.meta }) }) as Command;
}

/** A command as tests write it, with what would be looked up for it among its fields. */
export type CommandWithFacts<Command extends DomainCommand> = Command extends DomainCommand
  ? FactsOf<Command> extends void
    ? BareCommand<Command>
    : BareCommand<Command> & Partial<FactsOf<Command>>
  : never;

/** By type of command, which fields of a test's command are looked up, and not sent. */
export type FactNames<Command extends DomainCommand> = {
  readonly [Type in Command['type']]?: readonly (keyof FactsOf<Extract<Command, { readonly type: Type }>>)[];
};

/** Where a command of a test keeps what would be looked up for it. */
const FACTS_OF_TEST = Symbol('facts of a test');

/**
 * A command of a test and its facts, written as fields of one object: those with these names are put next to the command.
 * Spreading keeps them there.
 */
export function factsAside<Command extends object>(fields: object, ...names: readonly string[]): Command {
  if (names.length === 0) return fields as Command;
  const entries = Object.entries(fields);
  const isFact = ([name]: readonly [string, unknown]) => names.includes(name);
  const command = Object.fromEntries(entries.filter((entry) => !isFact(entry))) as Command;
  const facts = { ...factsOf<object | undefined>(fields), ...Object.fromEntries(entries.filter(isFact)) };
  return Object.assign(command, { [FACTS_OF_TEST]: facts });
}

/** The facts next to a command of a test; undefined when it needs none. */
export function factsOf<Facts>(command: object): Facts {
  return (command as { readonly [FACTS_OF_TEST]?: Facts })[FACTS_OF_TEST] as Facts;
}

/** What `evolve` gets; a cast in one place, because the compiler cannot look into `Recorded` of an open union. */
export function asRecorded<Event extends DomainEvent>(event: StoredEvent & Event): Recorded<Event> {
  return event as Recorded<Event>;
}
