import { type QuerySources } from '#libs/shell/nest';
import { type AsOf, asOf } from './as-of.js';
import { type Model } from '#libs/engine/event-sourcing';

/** How fresh an answer is that rests on these models. */
export async function freshness(sources: QuerySources, models: readonly Model[]): Promise<AsOf> {
  const [checkpoint, last] = await Promise.all([sources.asOf(...models), sources.eventStore.lastPosition()]);
  return asOf(checkpoint, last, sources.now());
}
