import { eventId, type NewEvent } from '#libs/engine/event-sourcing';

/** An event as a writer would make it; its id follows from its name. */
export function sampleEvent(name: string): NewEvent {
  return {
    id: eventId(name, 0),
    type: 'StepRecorded',
    version: 1,
    data: { name },
    metadata: {
      actor: { person: 'demo-reviewer', post: null, department: 'natural-resources', role: 'reviewer' },
      onBehalfOf: null,
      occurredAt: '2026-11-24T02:00:00.000Z',
      recordedAt: '2026-11-24T02:00:00.000Z',
      commandId: name,
      commandDigest: 'digest',
      correlationId: 'correlation',
      causationId: null,
      traceparent: null,
      calendarVersion: null,
      catalogueVersion: null,
    },
  };
}
