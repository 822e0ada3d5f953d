import { type EventFilter, type StoredEvent } from '#libs/engine/event-sourcing';
import { type GroupRecord } from './group-record.js';

/** The events of a group from a position on that the filter lets through; others' streams are not even parsed. */
export function* filtered(group: GroupRecord, from: number, filter?: EventFilter): Generator<StoredEvent> {
  const prefixes = filter?.streamPrefixes;
  const types = filter?.types ? new Set(filter.types) : null;
  let index = 0;
  for (const [stream, revision, events] of group.headers()) {
    const first = Math.max(0, from - group.firstPosition - index);
    if (!prefixes || prefixes.some((prefix) => stream.startsWith(prefix))) {
      for (let offset = first; offset < events; offset += 1) {
        const event = group.event(index + offset, stream, revision + offset);
        if (!types || types.has(event.type)) yield event;
      }
    }
    index += events;
  }
}
