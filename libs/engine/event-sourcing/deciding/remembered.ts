import { type DomainEvent, type StoredEvent } from '../log/event.js';

export interface FirstAnswer {
  readonly digest: string;
  readonly revision: bigint;
  readonly position: bigint;
}

/** What is remembered of a stream. Always a true prefix of it, since nothing in the log ever changes. */
export interface Remembered<State> {
  state: State;
  revision: bigint | null;
  position: bigint | null;
  /** By command id: where the command's last event stands. */
  readonly answers: Map<string, FirstAnswer>;
}

/** A decider with its event union forgotten. */
export interface AnyDecider<State, Command> {
  readonly initial: State;
  decide(state: State, command: Command, facts: unknown): readonly DomainEvent[];
  evolve(state: State, event: StoredEvent): State;
}

/** What a command came to; refused where there is a refusal. */
export interface Decided {
  readonly events: readonly DomainEvent[];
  readonly refusal: Error | null;
}
