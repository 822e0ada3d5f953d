import { type Checkpoint, type Model } from '#libs/engine/event-sourcing';
import { type QuerySources } from './question.js';

/** How fresh an answer is. `lagMs` is 0 when everything in the log is in it. */
export type Freshness = {
  readonly position: string | null;
  readonly recordedAt: string | null;
  readonly lagMs: number;
};

/**
 * `checkpoint` is where the answer's models are (`ReadModels.asOf`), `lastPosition` where the log ends. An answer is old
 * because events are missing from it, not because the log has been quiet for days. Then the lag is the age of the last event
 * that is in the answer.
 */
export function asOf(checkpoint: Checkpoint | null, lastPosition: bigint | null, now: string): Freshness {
  if (checkpoint === null) return { position: null, recordedAt: null, lagMs: 0 };
  const { position, recordedAt } = checkpoint;
  const missing = lastPosition !== null && lastPosition > position;
  const age = recordedAt === null ? 0 : Math.max(0, Date.parse(now) - Date.parse(recordedAt));
  return { position: position.toString(), recordedAt, lagMs: missing ? age : 0 };
}

/** How fresh an answer is that rests on these models. */
export async function freshness(sources: QuerySources, models: readonly Model[]): Promise<Freshness> {
  const [checkpoint, last] = await Promise.all([sources.asOf(...models), sources.eventStore.lastPosition()]);
  return asOf(checkpoint, last, sources.now());
}
