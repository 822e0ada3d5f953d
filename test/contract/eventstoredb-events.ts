import { type NewEvent, type StoredEvent } from '#libs/engine/event-sourcing';
import { event as eventWith } from '#libs/engine/event-sourcing-testing';

/** An event whose id is made of its name, and which holds no more than the name where nothing else is given. */
export const event = (name: string, data: string = name): NewEvent => eventWith(name, data);

export const datas = (events: readonly StoredEvent[]): unknown[] => events.map(({ data }) => data);
