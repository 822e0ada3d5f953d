import { type QuerySources } from '#libs/shell/nest';
import { type AsOf, asOf } from './as-of.js';

/** How fresh an answer is that rests on these models. */
export async function freshness(sources: QuerySources, names: readonly string[]): Promise<AsOf> {
  const [checkpoint, last] = await Promise.all([sources.asOf(...names), sources.eventStore.lastPosition()]);
  return asOf(checkpoint, last, sources.now());
}
