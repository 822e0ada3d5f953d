import { type AppendResult, type EventStore, type NewEvent } from '#libs/event-sourcing';

/** The same store, and each append's time told. */
export function observeAppends(store: EventStore, appended: (seconds: number) => void): EventStore {
  return {
    async append(
      stream: string,
      expected: bigint | null,
      events: readonly NewEvent[],
    ): Promise<AppendResult> {
      const begin = performance.now();
      const result = await store.append(stream, expected, events);
      appended((performance.now() - begin) / 1000);
      return result;
    },
    readStream: (stream, from) => store.readStream(stream, from),
    readAll: (after, filter) => store.readAll(after, filter),
    readAt: (position) => store.readAt(position),
    subscribeToAll: (options) => store.subscribeToAll(options),
    lastPosition: () => store.lastPosition(),
    close: () => store.close(),
  };
}
