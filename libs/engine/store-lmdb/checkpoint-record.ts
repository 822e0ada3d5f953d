import { type Checkpoint, defined } from '#libs/engine/event-sourcing';

/** A checkpoint as a note holds it: JSON [position, recordedAt, event id]; those of former releases have no event id. */
export function encodeCheckpoint({ position, recordedAt, eventId }: Checkpoint): string {
  return JSON.stringify([`${position}`, recordedAt, ...(eventId === undefined ? [] : [eventId])]);
}

export function decodeCheckpoint(text: string): Checkpoint {
  const [position, recordedAt, eventId] = JSON.parse(text) as [string, string | null, string?];
  return { position: BigInt(position), recordedAt, ...defined({ eventId }) };
}
