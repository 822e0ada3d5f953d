import { isInstant } from '#libs/law/calendar';
import { by, InvalidQuery } from '#libs/engine/event-sourcing';

/** A place in a list ordered by time, then by position in the log. */
export type KeysetPlace = { readonly occurredAt: string; readonly position: bigint };

export function encodePlace({ occurredAt, position }: KeysetPlace): string {
  return Buffer.from(`${occurredAt} ${position}`).toString('base64url');
}

/** @throws InvalidQuery when the text is not a cursor of this list. */
export function decodePlace(cursor: string): KeysetPlace {
  const [occurredAt = '', position = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!isInstant(occurredAt) || !/^(-1|\d{1,19})$/.test(position)) {
    throw new InvalidQuery('the cursor is not one of this list');
  }
  return { occurredAt, position: BigInt(position) };
}

/** Negative when `a` comes first in order of time. */
export const comparePlaces = by<KeysetPlace>(
  ({ occurredAt }) => occurredAt,
  ({ position }) => position,
);
