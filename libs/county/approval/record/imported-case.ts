import { isImported, type JsonObject, type Recorded, type StoredEvent } from '#libs/engine/event-sourcing';
import { type ImportedCaseCorrected, type NewReading, type ReadEvent } from './imported-case.events.js';

type Correction = Recorded<ImportedCaseCorrected>;

export function isImportedCaseCorrection(event: StoredEvent): event is StoredEvent & Correction {
  return event.type === 'ImportedCaseCorrected';
}

/** An event that can be folded, from what a correction says of it. */
function storedEvent(read: ReadEvent, correction: Correction): StoredEvent {
  const { id, stream, type, version, data, actor, occurredAt, recordedAt, commandId } = read;
  return {
    id,
    stream,
    type,
    version,
    data,
    revision: BigInt(read.revision),
    position: BigInt(read.position),
    metadata: { ...correction.metadata, actor, occurredAt, recordedAt, commandId },
  };
}

/** The events of the application as they were read before a correction, in order. */
export function eventsBefore(correction: Correction): readonly StoredEvent[] {
  return correction.data.before.map((read) => storedEvent(read, correction));
}

/** The events of the application as they are to be read after a correction, in order. */
export function eventsAfter(correction: Correction): readonly StoredEvent[] {
  return readingsAfter(correction.data).map((read) => storedEvent(read, correction));
}

function readingsAfter({ before, after }: ImportedCaseCorrected['data']): readonly ReadEvent[] {
  return after.map((reading) => {
    const read = before[reading.of];
    if (read === undefined) throw new Error(`a correction reads event ${reading.of} of ${before.length}`);
    return { ...read, ...readingOf(reading) };
  });
}

const readingOf = ({ occurredAt, actor, data }: NewReading) => ({ occurredAt, actor, data });

/** An imported application as it is read now, in order, and whether people have acted on it since. */
export type ImportedCase = {
  readonly events: readonly ReadEvent[];
  /** Type of the first event that no import recorded; null if there is none. */
  readonly actedOn: string | null;
};

/**
 * How an application is read, from the events of its project's stream and of its own, the project's first. Signals and what
 * a clock noted are no acts: they change nothing that an import says.
 */
export function importedCase(
  stored: readonly StoredEvent[],
  isNoted: (event: StoredEvent) => boolean,
): ImportedCase {
  let events: readonly ReadEvent[] = [];
  let actedOn: string | null = null;
  for (const event of stored) {
    if (isImportedCaseCorrection(event)) events = readingsAfter(event.data);
    else if (isImported(event.metadata)) events = [...events, readEvent(event)];
    else if (!isNoted(event)) actedOn ??= event.type;
  }
  return { events, actedOn };
}

function readEvent({ metadata, ...event }: StoredEvent): ReadEvent {
  const { id, stream, type, version, data } = event;
  const { actor, occurredAt, recordedAt, commandId } = metadata;
  return {
    id,
    stream,
    revision: event.revision.toString(),
    position: event.position.toString(),
    type,
    version,
    recordedAt,
    commandId,
    occurredAt,
    actor,
    data: data as JsonObject,
  };
}
