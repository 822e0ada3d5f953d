import type { RuleViolation } from '../log/errors.js';
import type { Actor, DomainEvent, KeyUse, Recorded } from '../log/event.js';
import type { JsonObject } from '../tools/json.js';

/** What surrounds a command: everything a decider may know about time, person and cause. */
export interface CommandMeta {
  /** Derived from Idempotency-Key and actor, or from what triggered a policy; a repeated id is a retry. */
  readonly commandId: string;
  /** See EventMetadata. */
  readonly keyUse?: KeyUse;
  readonly actor: Actor;
  readonly onBehalfOf: Actor | null;
  /** See EventMetadata. */
  readonly delegation?: string;
  /** ISO instant at which the act happened; equal to `now` for live work, earlier for imports and back-entries. */
  readonly occurredAt: string;
  /** ISO instant of the server's clock. */
  readonly now: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  /**
   * Why the command is refused though its rules would take it: it names something that is not there. Absent when everything
   * that it names exists, or when it was not looked up.
   */
  readonly unmet?: RuleViolation;
  /** True where what an imported log says is to be looked at by supervision, as live work is. */
  readonly findings?: true;
  /** Revision that the stream must have (`If-Match`); null = whatever it has. */
  readonly expectedRevision: bigint | null;
}

/** What the correlation id of an imported command and its events begins with; a caller cannot claim it. */
const IMPORT_CORRELATION = 'import/';

/** True for what an imported log says: it was done elsewhere, under that log's own rules. */
export function isImported({ correlationId }: { readonly correlationId: string }): boolean {
  return correlationId.startsWith(IMPORT_CORRELATION);
}

/** The name of the log that something was imported from; null for live work. */
export function importedLog(meta: { readonly correlationId: string }): string | null {
  return isImported(meta) ? meta.correlationId.slice(IMPORT_CORRELATION.length) : null;
}

export interface DomainCommand {
  readonly type: string;
  readonly meta: CommandMeta;
}

/** Names what a command needs; there is no such field at run time. */
export declare const FACTS: unique symbol;

/**
 * A command whose rules need to know more than the caller sends: `Facts` is what is looked up before they see it. A type
 * only: facts are passed next to the command, never in it.
 */
export interface Needs<Facts> {
  readonly [FACTS]?: Facts;
}

/** What has to be looked up for a command; void where its rules need nothing. */
export type FactsOf<Command> =
  Command extends Needs<infer Facts> ? (unknown extends Facts ? void : Facts) : void;

/** The facts as the last argument: left out where the command needs none. */
export type FactsArgument<Command> = Command extends unknown
  ? FactsOf<Command> extends void
    ? []
    : [facts: FactsOf<Command>]
  : never;

/** A command with what was looked up for it. */
export interface Informed<Command extends DomainCommand> {
  readonly command: Command;
  readonly facts: FactsOf<Command>;
}

/**
 * What a command of each type brings about, from the state and the facts of that type; it throws a RuleViolation, or returns
 * events.
 */
export type Decisions<State, Command extends DomainCommand, Event extends DomainEvent> = {
  readonly [Type in Command['type']]: (
    state: State,
    command: Extract<Command, { readonly type: Type }>,
    facts: FactsOf<Extract<Command, { readonly type: Type }>>,
  ) => readonly Event[];
};

/** A `decide` that looks a command up in a table by its type. */
export function decideBy<State, Command extends DomainCommand, Event extends DomainEvent>(
  decisions: Decisions<State, Command, Event>,
): Decider<State, Command, Event>['decide'] {
  return (state, command, facts) => {
    const decide = decisions[command.type as Command['type']] as (
      state: State,
      command: Command,
      facts: FactsOf<Command>,
    ) => readonly Event[];
    return decide(state, command, facts);
  };
}

/** Result of a command: the revision of its stream now, and the position of its last event in the log. */
export interface Receipt {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  /** True when this is the stored answer to a repeated command. */
  readonly replayed: boolean;
  /** Further facts for the caller. */
  readonly details?: JsonObject;
}

/**
 * The rules of one kind of stream, pure: no clock, no random, no I/O. `decide` throws RuleViolation and nothing else;
 * an empty list means there is nothing to do. `facts` is what was looked up for the command.
 */
export interface Decider<State, Command extends DomainCommand, Event extends DomainEvent> {
  readonly initial: State;
  decide(state: State, command: Command, facts: FactsOf<Command>): readonly Event[];
  evolve(state: State, event: Recorded<Event>): State;
}
