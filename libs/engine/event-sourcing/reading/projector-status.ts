import { type ProjectionFault } from './projection-run.js';
import { type Checkpoint } from './read-store.js';

/**
 * `running`: behind the log and working; `caught-up`: has seen all of it; `waiting`: a store is unavailable and will be tried
 * again; `faulted`: stopped until an operator acts.
 */
export type ProjectionState = 'running' | 'caught-up' | 'waiting' | 'faulted';

export interface ProjectionStatus {
  readonly name: string;
  /** The version this code fills. */
  readonly version: number;
  /** The version queries read; another one while `version` is being filled next to it. */
  readonly liveVersion: number | null;
  readonly checkpoint: Checkpoint | null;
  /** The newest place of the log the projector knows of: the projection is behind by what is between. */
  readonly log: Checkpoint | null;
  readonly state: ProjectionState;
  readonly fault: ProjectionFault | null;
  /** Why it waits, when it does. */
  readonly waitingFor: string | null;
}
