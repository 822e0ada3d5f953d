import {
  type AllStreamRecordedEvent,
  eventTypeFilter,
  excludeSystemEvents,
  type Filter,
  type Position,
  streamNameFilter,
} from '@eventstore/db-client';
import { type EventFilter } from '#libs/engine/event-sourcing';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\#\s-]/g, '\\$&');

/** Events the server looks at before it reports how far it is. */
const SEARCH_WINDOW = 500;

/** Whether this store, whose streams begin with `prefix`, gives an event to a reader with this filter. */
export function matcher(
  prefix: string,
  filter: EventFilter = {},
): (event: AllStreamRecordedEvent) => boolean {
  const prefixes = filter.streamPrefixes?.map((each) => prefix + each);
  const types = filter.types ? new Set(filter.types) : null;
  return (event) =>
    (!prefixes || prefixes.some((each) => event.streamId.startsWith(each))) &&
    (!types || types.has(event.type));
}

/**
 * The part of a filter that the server can do: it looks at stream names or at types, never at both. What it lets
 * through is looked at once more by {@link matcher}.
 */
export function serverFilter(
  prefix: string,
  { streamPrefixes, types }: EventFilter,
  reached: (position: Position) => void,
): Filter {
  const options = {
    maxSearchWindow: SEARCH_WINDOW,
    checkpointInterval: 1,
    checkpointReached: (_: unknown, position: Position) => {
      reached(position);
    },
  };
  const prefixes = streamPrefixes?.map((each) => prefix + each) ?? [prefix];
  if (prefixes.length > 0 && !prefixes.includes('')) return streamNameFilter({ ...options, prefixes });
  if (types && types.length > 0)
    return eventTypeFilter({ ...options, regex: `^(?:${types.map(escaped).join('|')})$` });
  return excludeSystemEvents(options);
}
