import type { EventStore } from './event-store.js';

/** The same store with another way to append. */
export function withAppend(store: EventStore, append: EventStore['append']): EventStore {
  return {
    append,
    ...(store.personal !== undefined && { personal: store.personal }),
    readStream: (stream, from) => store.readStream(stream, from),
    readAll: (after, filter) => store.readAll(after, filter),
    readAt: (position) => store.readAt(position),
    subscribeToAll: (options) => store.subscribeToAll(options),
    lastPosition: () => store.lastPosition(),
    identity: () => store.identity(),
    close: () => store.close(),
  };
}
