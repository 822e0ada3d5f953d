import { type EventStore, inSpan, withAppend } from '#libs/engine/event-sourcing';

/** The same store, which calls `appended` with the time of each append. */
export function observeAppends(store: EventStore, appended: (seconds: number) => void): EventStore {
  return withAppend(store, async (stream, expected, events) => {
    const begin = performance.now();
    const measured = { 'zhitong.events': events.length };
    const result = await inSpan('append', measured, () => store.append(stream, expected, events));
    appended((performance.now() - begin) / 1000);
    return result;
  });
}
