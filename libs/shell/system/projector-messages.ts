import { type ProjectionFault, type ProjectionStatus, type StoreFault } from '#libs/engine/event-sourcing';
import { type Config } from './config.js';
import { type SentTables } from './sent-tables.js';

/** What a projector thread is started with. */
export interface ProjectorThreadData {
  readonly config: Config;
  readonly tables: SentTables;
  /** Names of the projections it keeps, or its own name and those of all threads of this process, who share them by leases. */
  readonly keeps: readonly string[] | { readonly leaseOwner: string; readonly together: readonly string[] };
}

/** To a projector thread: begin, a caller is waiting, finish and end. */
export type ToProjectorThread = 'start' | 'flush' | 'stop';

/** From a projector thread. `ready`: its stores are open; `started`: it follows the log. */
export type FromProjectorThread =
  | { readonly kind: 'ready' | 'started' }
  | { readonly kind: 'progress'; readonly status: readonly ProjectionStatus[] }
  | { readonly kind: 'live'; readonly projection: string }
  | { readonly kind: 'fault'; readonly fault: ProjectionFault }
  /** An error of its store that ends the whole process. */
  | { readonly kind: 'broken'; readonly engine: string; readonly reason: string; readonly fault: StoreFault };
