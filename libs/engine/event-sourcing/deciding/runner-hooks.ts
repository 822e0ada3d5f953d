import { type DomainEvent } from '../log/event.js';
import { type JsonObject } from '../tools/json.js';

/** A stream folded to its end. `revision` and `position` are those of its last event, null when there is none. */
export interface LoadedStream<State> {
  readonly state: State;
  readonly revision: bigint | null;
  readonly position: bigint | null;
}

/**
 * Returns a command to run before the caller's, which records what is due since the stream's last event; null if nothing is.
 * Its events stay recorded when the caller's command is refused. It is called again after that command was run.
 */
export type Before<State, Command> = (
  stream: LoadedStream<State>,
  command: Command,
) => Command | null | Promise<Command | null>;

/**
 * Gives the events that a command came to what only the log can give, such as a number that it counts. Called after the
 * decision and before the append, and again if the append loses a race: for the same command it returns the same.
 */
export type Complete<State, Command, Event extends DomainEvent> = (
  events: readonly Event[],
  command: Command,
  state: State,
) => readonly Event[] | Promise<readonly Event[]>;

export interface DeciderRunnerHooks<State, Command, Event extends DomainEvent> {
  readonly before?: Before<State, Command>;
  readonly complete?: Complete<State, Command, Event>;
  /** What the receipt of a command says in addition, from the events that it came to. */
  readonly details?: (events: readonly Event[]) => JsonObject;
}
