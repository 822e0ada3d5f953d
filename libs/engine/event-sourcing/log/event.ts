import type { Json } from '../tools/json.js';

/** Who did it, and in which capacity on that day. `department` and `post` are null for applicants and the system. */
export interface Actor {
  readonly person: string;
  readonly post: string | null;
  readonly department: string | null;
  readonly role: string;
}

/** A key that a caller gave, and the one thing it is good for. */
export type KeyUse = {
  /** Digest of the person, the act and the key. */
  readonly key: string;
  /** The thing that was asked for, as the URL or the body named it: `projects/mill`. */
  readonly thing: string;
};

/** What is known about an event in addition to its data. All instants are ISO 8601 in UTC with milliseconds. */
export interface EventMetadata {
  readonly actor: Actor;
  /** The person an agent acts for (行政许可法 Art. 29); null when the actor acts for themselves. */
  readonly onBehalfOf: Actor | null;
  /** 授权: id of the delegation by which the actor decided at the window; left out where none was needed. */
  readonly delegation?: string;
  /** When it happened, as claimed. */
  readonly occurredAt: string;
  /** When the server wrote it down. The gap to `occurredAt` shows back-entry (补录). */
  readonly recordedAt: string;
  readonly commandId: string;
  /** Digest of the command's type and body: the same id with another digest is another command, not a retry. */
  readonly commandDigest: string;
  /** Left out where the caller gave no Idempotency-Key. */
  readonly keyUse?: KeyUse;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** W3C Trace Context header of the request, if it had one. */
  readonly traceparent: string | null;
  readonly calendarVersion: string | null;
  readonly catalogueVersion: string | null;
}

/** An event as a decider makes it: a written literal type, the version of its data's shape, and the data. */
export interface DomainEvent<Type extends string = string, Version extends number = number, Data = Json> {
  readonly type: Type;
  readonly version: Version;
  readonly data: Data;
}

/** An event ready for `EventStore.append`. `id` is a UUID derived from the command id, never random. */
export interface NewEvent extends DomainEvent {
  readonly id: string;
  readonly metadata: EventMetadata;
}

/** An event as the log gives it back. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  /** Place in its stream, starting at 0n, without gaps. */
  readonly revision: bigint;
  /** Place in the whole log: strictly increasing, not necessarily without gaps. */
  readonly position: bigint;
}

/** A domain event with the envelope it was stored in: what `evolve` and projections receive. */
export type Recorded<Event extends DomainEvent> = Event extends DomainEvent
  ? Omit<StoredEvent, 'type' | 'version' | 'data'> & Event
  : never;
