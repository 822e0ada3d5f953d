import { type ExcludedProcedure } from '#libs/law/terms';
import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type InternalStep } from '../core/clock-facts.js';
import { type DayUnit } from '#libs/law/calendar';

import { type Custody, type Holder } from '../core/holder.js';
import { type DueDates, type Id } from '../core/terms.js';

/** 启动特别程序: the clock stands still for a procedure that the law excludes, of which the applicant was notified in writing. */
export type ClockSuspended = DomainEvent<
  'ClockSuspended',
  1,
  Id & {
    readonly cause: ExcludedProcedure;
    readonly article: string;
    /** Number of the written notice to the applicant. */
    readonly notice: string;
    /** Days that the procedure needs, as the notice says. */
    readonly days: number;
    /** Left out in events of before, which meant working days. */
    readonly unit?: DayUnit;
    readonly due: DueDates;
    readonly custody: Custody;
  }
>;

/** 结束特别程序: by the department, or by time alone when the days announced for it are over. */
export type ClockResumed = DomainEvent<
  'ClockResumed',
  1,
  Id & {
    readonly cause: ExcludedProcedure;
    readonly result: string | null;
    /** True where nobody ended it: the time announced for it was over. */
    readonly atPlannedEnd?: true;
    readonly due: DueDates;
    readonly custody: Custody;
  }
>;

/** 延期, once, by leave of the head of the organ; the applicant is notified of the reason (行政许可法 Art. 42). */
export type TimeLimitExtended = DomainEvent<
  'TimeLimitExtended',
  1,
  Id & {
    /** In the unit of the limit. */
    readonly days: number;
    readonly article: string;
    readonly approvedBy: string;
    readonly reason: string;
    readonly due: DueDates;
  }
>;

/**
 * 视为受理 (行政许可法 Art. 32(4)): the applicant was not notified within five working days of what to correct. It happens at the end of
 * that term, and the application counts as accepted from the receipt of the materials.
 */
export type ApplicationDeemedAccepted = DomainEvent<
  'ApplicationDeemedAccepted',
  1,
  Id & {
    readonly receiptNumber: string;
    /** Receipt of the materials, ISO instant: the clock starts here. */
    readonly acceptedAt: string;
    readonly article: string;
    readonly due: DueDates;
  }
>;

/**
 * 黄灯预警: the holder is warned that the term nears its end, that its step took too long, or that the time announced
 * for a special procedure is over and the application is theirs again.
 */
export type ApplicationWarned = DomainEvent<
  'ApplicationWarned',
  1,
  Id & {
    readonly cause: 'term' | 'step' | 'procedure';
    /** The step that took too long, or that goes on after the procedure, and since when it runs; null for the term. */
    readonly step: InternalStep | null;
    readonly since: string | null;
    readonly to: Holder;
    readonly due: DueDates;
  }
>;

export type ClockEvent =
  ClockSuspended | ClockResumed | TimeLimitExtended | ApplicationDeemedAccepted | ApplicationWarned;
