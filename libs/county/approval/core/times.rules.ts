import { type CommandMeta } from '#libs/engine/event-sourcing';
import { refusing } from './refuse.js';
import { CORE_MESSAGES } from './core.messages.js';

const refuse = refusing(CORE_MESSAGES);

/** From 1900 to 2199: whatever is computed from it stays a date too. */
const INSTANT = /^(?:19|20|21)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Times are ISO 8601 in UTC with milliseconds, so that text order is time order. */
export function mustBeAnInstant(field: string, value: string): void {
  const time = INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString() !== value) {
    refuse('application.not-an-instant', { field, value }, 'input');
  }
}

/**
 * A claimed time (import, 补录) may not be earlier than the previous event. Live work carries the server's own time, where
 * two requests that race may swap by a millisecond: the log's order then stands, and the stretch between is empty.
 */
export function timeMustNotRunBackwards(
  { lastOccurredAt }: { readonly lastOccurredAt: string },
  { occurredAt, now }: CommandMeta,
): void {
  if (occurredAt >= lastOccurredAt || occurredAt === now) return;
  refuse('application.time-runs-backwards', { occurredAt, previous: lastOccurredAt }, 'input');
}

/** The later of two ISO instants: with milliseconds and in UTC they sort as text. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
