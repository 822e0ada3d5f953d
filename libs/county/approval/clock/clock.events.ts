import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type InternalStep } from '../core/clock-facts.js';
import { type Custody, type Holder } from '../core/holder.js';
import { type DueDates, type Id } from '../core/terms.js';

/** What the law takes out of the term (行政许可法 Art. 45), and nothing else. */
export const SUSPENSION_CAUSES = [
  'hearing', // 听证
  'bidding', // 招标
  'auction', // 拍卖
  'inspection', // 检验
  'testing', // 检测
  'quarantine', // 检疫
  'appraisal', // 鉴定
  'expert-review', // 专家评审
] as const;

export type SuspensionCause = (typeof SUSPENSION_CAUSES)[number];

/** 启动特别程序: the clock stands still for a procedure that the law excludes, of which the applicant was told in writing. */
export type ClockSuspended = DomainEvent<
  'ClockSuspended',
  1,
  Id & {
    readonly cause: SuspensionCause;
    readonly article: string;
    /** Number of the written notice to the applicant. */
    readonly notice: string;
    /** Days that the procedure needs, as the notice says. */
    readonly days: number;
    readonly due: DueDates;
    readonly custody: Custody;
  }
>;

/** 结束特别程序. */
export type ClockResumed = DomainEvent<
  'ClockResumed',
  1,
  Id & {
    readonly cause: SuspensionCause;
    readonly result: string | null;
    readonly due: DueDates;
    readonly custody: Custody;
  }
>;

/** 延期, once, by leave of the head of the organ; the applicant is told why (行政许可法 Art. 42). */
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
 * 视为受理 (行政许可法 Art. 32(4)): nobody told the applicant within five working days what to correct. It happens at the
 * end of that term, and the case counts as accepted from the receipt of the materials.
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

/** 黄灯预警: whoever holds the case is told that its term nears its end, or that its step took too long. */
export type ApplicationWarned = DomainEvent<
  'ApplicationWarned',
  1,
  Id & {
    readonly cause: 'term' | 'step';
    /** The step that took too long, and since when it runs; null for the term. */
    readonly step: InternalStep | null;
    readonly since: string | null;
    readonly to: Holder;
    readonly due: DueDates;
  }
>;

export type ClockEvent =
  ClockSuspended | ClockResumed | TimeLimitExtended | ApplicationDeemedAccepted | ApplicationWarned;
