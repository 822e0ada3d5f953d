import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Id } from '../core/terms.js';

/** What every event of a stop says. Days are legal days, YYYY-MM-DD. */
type OfStop = Id & { readonly on: string; readonly article: string };

/** 中止施工: the developer reports within a month to the organ that issued the permit (建筑法 Art. 10). */
export type WorksStopped = DomainEvent<
  'WorksStopped',
  1,
  OfStop & {
    readonly reason: string;
    /** Last legal day of the month, by the calendar of the day. */
    readonly reportBy: string;
    readonly late: boolean;
  }
>;

/** The organ found that the works have stopped: the month for the report runs from the day of the stop all the same. */
export type WorksStopFound = DomainEvent<
  'WorksStopFound',
  1,
  OfStop & { readonly finding: string; readonly reportBy: string }
>;

/** A signal: the month is over, and the developer has not reported the stop that was found. */
export type WorksStopUnreported = DomainEvent<
  'WorksStopUnreported',
  1,
  OfStop & { readonly reportBy: string }
>;

/** 中止施工满一年: the permit has to be verified before the works are resumed (建筑法 Art. 10). Happens once for each stop. */
export type PermitVerificationOwed = DomainEvent<
  'PermitVerificationOwed',
  1,
  OfStop & {
    /** Last legal day of the year. */
    readonly yearUntil: string;
  }
>;

/** 核验: the organ that issued the permit looked whether its conditions are still met. */
export type PermitVerified = DomainEvent<
  'PermitVerified',
  1,
  OfStop & { readonly passed: boolean; readonly finding: string }
>;

/** 恢复施工, reported to the organ that issued the permit (建筑法 Art. 10). `on` is the day of it. */
export type WorksResumed = DomainEvent<
  'WorksResumed',
  1,
  OfStop & { readonly stoppedOn: string; readonly note: string | null }
>;

export type WorksEvent =
  | WorksStopped
  | WorksStopFound
  | WorksStopUnreported
  | PermitVerificationOwed
  | PermitVerified
  | WorksResumed;
