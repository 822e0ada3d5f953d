import { expect } from '@jest/globals';
import {
  type CommandMeta,
  type Decider,
  type DomainCommand,
  type DomainEvent,
  type FactsOf,
  type Json,
  RuleViolation,
  type StoredEvent,
  type ViolationKind,
  defined,
  deepFreeze,
} from '#libs/engine/event-sourcing';
import {
  asRecorded,
  type BareCommand,
  type CommandWithFacts,
  type FactNames,
  factsAside,
  factsOf,
  recorded,
  withMeta,
} from './recorded.js';

/** What a command came to. Each check compares whole values, in order, and fails on anything left over. */
interface DeciderOutcome<Event extends DomainEvent> {
  /** These events, whole and in this order, and no others. */
  then(...events: readonly Event[]): void;
  /** Refused with this code; params, article and kind are compared where they are given. */
  refused(
    code: string,
    params?: Readonly<Record<string, Json>>,
    article?: string | null,
    kind?: ViolationKind,
  ): void;
  /** Allowed, and nothing to do. */
  nothing(): void;
}

interface DeciderHistory<State, Command extends DomainCommand, Event extends DomainEvent> {
  /** What would be looked up for the command is given, or among its fields (option `facts`). */
  when<Type extends Command['type']>(
    command: CommandWithFacts<Extract<Command, { readonly type: Type }>> & { readonly type: Type },
    facts?: FactsOf<Extract<Command, { readonly type: Type }>>,
  ): DeciderOutcome<Event>;
  /** What the events fold into. */
  readonly state: State;
}

export interface DeciderSpec<State, Command extends DomainCommand, Event extends DomainEvent> {
  /** Events that have happened; plain ones get an envelope, those from `recorded` keep theirs. */
  given(
    this: void,
    ...events: readonly (Event | (StoredEvent & Event))[]
  ): DeciderHistory<State, Command, Event>;
}

/**
 * Given events, when a command, then events: the three questions of a rule. Right events when it is allowed, exact
 * refusal when it is not, nothing when there is nothing to do.
 */
export function deciderSpec<State, Command extends DomainCommand, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  {
    meta = {},
    facts: names = {},
  }: { readonly meta?: Partial<CommandMeta>; readonly facts?: FactNames<Command> } = {},
): DeciderSpec<State, Command, Event> {
  return {
    given(...events) {
      const state = foldEvents(decider, events);
      return {
        state,
        when(written, given) {
          const command = factsAside<BareCommand<Command>>(written, ...namesOf(names, written.type));
          const facts: unknown = given ?? factsOf(command);
          return outcome(() =>
            decider.decide(state, deepFreeze(withMeta<Command>(command, meta)), facts as FactsOf<Command>),
          );
        },
      };
    },
  };
}

function namesOf(names: object, type: string): readonly string[] {
  return (names as Readonly<Record<string, readonly string[] | undefined>>)[type] ?? [];
}

/** Folds events from the initial state; plain ones get an envelope. */
export function foldEvents<State, Command extends DomainCommand, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  events: readonly (Event | (StoredEvent & Event))[],
): State {
  return events.reduce<State>((state, event, index) => {
    const stored = 'position' in event ? event : recorded(event, { revision: BigInt(index) });
    return decider.evolve(state, asRecorded(stored));
  }, decider.initial);
}

/** What a sequence of commands leaves behind. */
export interface PlayedCommands<State, Event extends DomainEvent> {
  readonly state: State;
  readonly events: readonly (StoredEvent & Event)[];
  readonly refusals: readonly RuleViolation[];
}

/**
 * Plays commands one after the other, for properties over random sequences: a refusal is noted and the next command is
 * tried; anything thrown that is not a RuleViolation, by `decide` or by `evolve`, comes out.
 */
export function playCommands<State, Command extends DomainCommand, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  commands: readonly BareCommand<Command>[],
): PlayedCommands<State, Event> {
  let state = decider.initial;
  const events: (StoredEvent & Event)[] = [];
  const refusals: RuleViolation[] = [];
  for (const [index, bare] of commands.entries()) {
    const command = deepFreeze(withMeta<Command>(bare, { commandId: `command-${index + 1}` }));
    let decided: readonly Event[];
    try {
      decided = decider.decide(state, command, factsOf(bare));
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      refusals.push(error);
      continue;
    }
    for (const event of decided) {
      const { commandId, actor, onBehalfOf, occurredAt, now } = command.meta;
      const stored = recorded(event, {
        revision: BigInt(events.length),
        metadata: { commandId, actor, onBehalfOf, occurredAt, recordedAt: now },
      });
      state = decider.evolve(state, asRecorded(stored));
      events.push(stored);
    }
  }
  return { state, events, refusals };
}

function outcome<Event extends DomainEvent>(decide: () => readonly Event[]): DeciderOutcome<Event> {
  return {
    then(...events) {
      expect([...decide()]).toStrictEqual(events);
    },
    refused(code, params, article, kind) {
      const violation = refusalOf(decide);
      expect({
        code: violation.code,
        ...(params !== undefined && { params: violation.params }),
        ...(article !== undefined && { article: violation.article }),
        ...(kind !== undefined && { kind: violation.kind }),
      }).toStrictEqual({ code, ...defined({ params, article, kind }) });
    },
    nothing() {
      expect([...decide()]).toStrictEqual([]);
    },
  };
}

function refusalOf(decide: () => readonly DomainEvent[]): RuleViolation {
  let events: readonly DomainEvent[];
  try {
    events = decide();
  } catch (error) {
    if (error instanceof RuleViolation) return error;
    throw error;
  }
  throw new Error(`expected a refusal, got ${JSON.stringify(events)}`);
}
