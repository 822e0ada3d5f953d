import { type CommandMeta, type Decider } from '../deciding/decider.js';
import { impossible, RuleViolation } from '../log/errors.js';
import { type DomainEvent, type EventMetadata, type NewEvent } from '../log/event.js';
import { type Projection, projection } from '../reading/projection.js';

/** A small domain for the specs of this library: counters that are opened, raised and closed, in groups. */
export type CounterEvent =
  | DomainEvent<'CounterOpened', 1, { readonly counter: string; readonly group: string }>
  | DomainEvent<'CounterRaised', 1, { readonly counter: string; readonly by: number }>
  | DomainEvent<'CounterClosed', 1, { readonly counter: string }>;

export type CounterCommand =
  | { readonly type: 'Open'; readonly counter: string; readonly group: string; readonly meta: CommandMeta }
  | {
      readonly type: 'Raise';
      readonly counter: string;
      readonly by: readonly number[];
      readonly meta: CommandMeta;
    }
  | { readonly type: 'Close'; readonly counter: string; readonly meta: CommandMeta };

export type CounterState =
  | { readonly at: 'nothing' }
  | { readonly at: 'open' | 'closed'; readonly total: number; readonly raised: number };

export const counterDecider: Decider<CounterState, CounterCommand, CounterEvent> = {
  initial: { at: 'nothing' },
  decide(state, command) {
    const { counter } = command;
    switch (command.type) {
      case 'Open':
        if (state.at !== 'nothing') throw new RuleViolation('counter-exists', { counter });
        return [{ type: 'CounterOpened', version: 1, data: { counter, group: command.group } }];
      case 'Raise':
        if (state.at === 'nothing' && command.by.length > 0)
          throw new RuleViolation('counter-not-open', { counter });
        if (state.at === 'closed') throw new RuleViolation('counter-not-open', { counter });
        return command.by.map((by) => ({ type: 'CounterRaised', version: 1, data: { counter, by } }));
      case 'Close':
        if (state.at !== 'open') throw new RuleViolation('counter-not-open', { counter });
        return [{ type: 'CounterClosed', version: 1, data: { counter } }];
      default:
        return impossible(command);
    }
  },
  evolve(state, event) {
    const { total, raised } = state.at === 'nothing' ? { total: 0, raised: 0 } : state;
    switch (event.type) {
      case 'CounterOpened':
        return { at: 'open', total, raised };
      case 'CounterRaised':
        return { at: 'open', total: total + event.data.by, raised: raised + 1 };
      case 'CounterClosed':
        return { at: 'closed', total, raised };
      default:
        return impossible(event);
    }
  },
};

type CounterDocument = {
  readonly id: string;
  readonly group: string;
  readonly total: number;
  readonly isOpen: boolean;
};

/** Counters one by one, and by group how many are open and closed and what they sum to. */
export function counterProjection(version = 1): Projection {
  return projection<CounterDocument, CounterEvent>({
    name: 'counters',
    version,
    model: 'counter',
    indexes: { byGroup: { equals: ['group'] } },
    keys: (event) => [event.data.counter],
    create: {
      CounterOpened: ({ data }, id) => ({ id, group: data.group, total: 0, isOpen: true }),
    },
    update: {
      CounterRaised: (document, { data }) => ({ ...document, total: document.total + data.by * version }),
      CounterClosed: (document) => ({ ...document, isOpen: false }),
    },
    tallies: [
      {
        model: 'group',
        indexes: {},
        contributions: (before, after) => [
          {
            lines: [{ id: after.group, labels: { group: after.group } }],
            add: Object.entries({
              open: Number(after.isOpen) - Number(before?.isOpen ?? false),
              closed: Number(!after.isOpen) - Number(before !== null && !before.isOpen),
              total: after.total - (before?.total ?? 0),
            }),
          },
        ],
      },
    ],
  });
}

/** A second projection of the same events, which touches several documents an event: all counters ever, by parity. */
export const parityProjection: Projection = projection<
  { readonly id: string; readonly sum: number; readonly last: string },
  Extract<CounterEvent, { type: 'CounterRaised' }>
>({
  name: 'parities',
  version: 1,
  model: 'parity',
  indexes: {},
  keys: ({ data }) => ['all', data.by % 2 === 0 ? 'even' : 'odd'],
  create: { CounterRaised: ({ data }, id) => ({ id, sum: data.by, last: data.counter }) },
  update: {
    CounterRaised: (document, { data }) => ({ ...document, sum: document.sum + data.by, last: data.counter }),
  },
});

export function meta(commandId: string, overrides: Partial<CommandMeta> = {}): CommandMeta {
  return {
    commandId,
    actor: { person: 'li', post: 'clerk', department: 'water', role: 'reviewer' },
    onBehalfOf: { person: 'wang', post: null, department: null, role: 'applicant' },
    occurredAt: '2026-11-20T01:00:00.000Z',
    now: '2026-11-24T02:00:00.000Z',
    correlationId: 'correlation-1',
    causationId: 'cause-1',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    expectedRevision: null,
    ...overrides,
  };
}

/** An event ready to be appended without a runner. */
export function newEvent(id: string, event: DomainEvent, commandId = id): NewEvent {
  const { actor, onBehalfOf, occurredAt, now, correlationId, causationId, traceparent } = meta(commandId);
  const metadata: EventMetadata = {
    actor,
    onBehalfOf,
    occurredAt,
    recordedAt: now,
    commandId,
    commandDigest: 'digest',
    correlationId,
    causationId,
    traceparent,
    calendarVersion: null,
    catalogueVersion: null,
  };
  return { ...event, id, metadata };
}
