import { everySignal, type Holder, type SignalEvent } from '#libs/county/approval';
import { type JsonObject, projection, type Recorded } from '#libs/engine/event-sourcing';

/** One signal (see libs/county/approval/signals/signals.events.ts), for supervisors to look through. */
export type SignalDocument = {
  /** The position of the signal's own event, with zeros in front, so that ids sort as positions do. */
  readonly id: string;
  /** Id of the signal's own event. */
  readonly event: string;
  readonly signal: SignalEvent['type'];
  readonly project: string;
  readonly application: string;
  /** The department that held the application when it happened. */
  readonly department: string | null;
  /** The actor of the event it was raised from; the watch over idle holders when there was no event. */
  readonly person: string;
  readonly article: string | null;
  /** Ids of the events that it rests on. */
  readonly evidence: readonly string[];
  readonly occurredAt: string;
  readonly recordedAt: string;
  /** Of the signal's own event in the log. */
  readonly position: string;
  /** Further fields of this kind of signal: the materials, the reason, the departments … */
  readonly details: JsonObject;
};

/** Enough for any position of any store. */
const POSITION_DIGITS = 20;

function raised(event: Recorded<SignalEvent>, id: string): SignalDocument {
  const { application, project, department, article, evidence, ...details } =
    event.data as SignalEvent['data'] & {
      readonly holder?: Holder;
    };
  const { actor, occurredAt, recordedAt } = event.metadata;
  return {
    id,
    event: event.id,
    signal: event.type,
    project,
    application,
    department,
    person: actor.person,
    article,
    evidence,
    occurredAt,
    recordedAt,
    position: event.position.toString(),
    details,
  };
}

/** Every signal, found by kind, department and project, or all of them, in the order of being recorded. */
export const signals = projection<SignalDocument, SignalEvent>({
  name: 'signals',
  version: 1,
  model: 'signals',
  indexes: {
    all: { equals: [], range: 'recordedAt' },
    signal: { equals: ['signal'], range: 'recordedAt' },
    department: { equals: ['department'], range: 'recordedAt' },
    project: { equals: ['project'], range: 'recordedAt' },
  },
  keys: (event) => [event.position.toString().padStart(POSITION_DIGITS, '0')],
  create: everySignal(raised),
  update: {},
});
