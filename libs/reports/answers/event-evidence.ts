import { type StoredEvent } from '#libs/engine/event-sourcing';

/** An event that something rests on: its id, and its place in the log. */
export type EventEvidence = {
  readonly event: string;
  readonly position: string;
  readonly type: string;
  readonly occurredAt: string;
};

export const evidenceOf = ({
  id,
  position,
  type,
  metadata,
}: Pick<StoredEvent, 'id' | 'position' | 'type' | 'metadata'>): EventEvidence => ({
  event: id,
  position: position.toString(),
  type,
  occurredAt: metadata.occurredAt,
});
