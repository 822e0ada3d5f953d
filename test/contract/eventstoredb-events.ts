import { eventId, type NewEvent, type StoredEvent } from '#libs/event-sourcing';

const actor = { person: 'demo-reviewer', post: null, department: 'water', role: 'reviewer' };
const metadata = {
  actor,
  onBehalfOf: null,
  occurredAt: '2026-11-24T02:00:00.000Z',
  recordedAt: '2026-11-24T02:00:00.000Z',
  commandId: 'command-1',
  commandDigest: 'digest-1',
  correlationId: 'correlation-1',
  causationId: null,
  traceparent: null,
  calendarVersion: null,
  catalogueVersion: null,
};

/** An event whose id is made of its name. */
export const event = (name: string, data: string = name): NewEvent => ({
  id: eventId(name, 0),
  type: 'StepRecorded',
  version: 1,
  data,
  metadata,
});

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

export const datas = (events: readonly StoredEvent[]): unknown[] => events.map(({ data }) => data);

/** The class of what a call is refused with; what it answered where it was not. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (answer) => ({ answer }),
    (error: unknown) => (error instanceof Error ? error.constructor : error),
  );
}
