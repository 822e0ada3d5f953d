import { type EventStore, isImported, KnownLog, type StoredEvent } from '#libs/engine/event-sourcing';

/** A point to which a report goes back: the end of the log up to a position, or what was known at an instant. */
export type PastPoint = {
  /** Where the log ended when it was asked. */
  readonly last: bigint;
  /** ISO instant; null where the position alone decides. */
  readonly instant: string | null;
};

const SEED = 'seed';

/**
 * Since when an event is known: since it was written down. The history that an import brings was on record before, where
 * it was imported from, and is known since it happened; what an installation begins with is known from the beginning.
 */
function isKnownAt(instant: string): (event: Pick<StoredEvent, 'metadata'>) => boolean {
  return ({ metadata }) => {
    if (metadata.correlationId === SEED) return true;
    return (isImported(metadata) ? metadata.occurredAt : metadata.recordedAt) <= instant;
  };
}

/** The log as it was at that point. */
export function logAt(log: EventStore, { last, instant }: PastPoint): KnownLog {
  return new KnownLog(log, { last, ...(instant !== null && { isKnown: isKnownAt(instant) }) });
}

/** Whether anything that was written after a point was known at its instant: then it is another past. */
export async function isAnotherPast(
  log: EventStore,
  { last, instant }: PastPoint,
  end: bigint,
): Promise<boolean> {
  if (instant === null || end <= last) return false;
  const isKnown = isKnownAt(instant);
  for await (const event of log.readAll(last)) if (isKnown(event)) return true;
  return false;
}
