import { RuleViolation, StaleRevision } from '../log/errors.js';
import { eventAt } from '../log/event-at.js';
import { type EventStore } from '../log/event-store.js';

/**
 * A stale revision with who changed the stream in between. A caller whom the rules would refuse anyway, since it is not theirs
 * or not there, is not told: `decide` asks them, whatever the revision.
 */
export async function withLastChange(
  store: Pick<EventStore, 'readStream'>,
  stale: StaleRevision,
  decide: () => unknown,
): Promise<StaleRevision> {
  const { stream, pinned, actual } = stale;
  const event = actual !== null && isTheirs(decide) ? await eventAt(store, stream, actual) : null;
  if (event === null) return stale;
  const { actor, recordedAt } = event.metadata;
  return new StaleRevision(stream, pinned, actual, { by: actor.person, at: recordedAt, type: event.type });
}

function isTheirs(decide: () => unknown): boolean {
  try {
    decide();
    return true;
  } catch (error) {
    return error instanceof RuleViolation && (error.kind === 'state' || error.kind === 'input');
  }
}
