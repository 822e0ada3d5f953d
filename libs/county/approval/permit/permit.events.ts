import { licensing } from '#libs/law/citations';
import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Id } from '../core/terms.js';

/** 颁发 of a permit that is valid for a time; its approval comes first. `validUntil` is its last legal day, YYYY-MM-DD. */
export type PermitIssued = DomainEvent<
  'PermitIssued',
  1,
  Id & { readonly permit: string | null; readonly validUntil: string }
>;

/** 变更, at the holder's request (行政许可法 Art. 49). The permit as it was stays in the events before. */
export type PermitAmended = DomainEvent<
  'PermitAmended',
  1,
  Id & { readonly change: string; readonly reason: string; readonly permit: string | null }
>;

/** 延续, before the permit ends (行政许可法 Art. 50). */
export type PermitRenewed = DomainEvent<
  'PermitRenewed',
  1,
  Id & {
    readonly validUntil: string;
    readonly before: string | null;
    readonly reason: string;
    /** 视为准予延续: nobody decided on the application before the permit ended. */
    readonly deemed?: true;
  }
>;

/** The holder applies for renewal; a decision is owed before the permit ends (行政许可法 Art. 50). */
export type PermitRenewalApplied = DomainEvent<
  'PermitRenewalApplied',
  1,
  Id & { readonly validUntil: string; readonly before: string; readonly reason: string }
>;

/** 不予延续. */
export type PermitRenewalRefused = DomainEvent<
  'PermitRenewalRefused',
  1,
  Id & { readonly article: string; readonly reason: string; readonly remedies: string }
>;

export const RECALL_GROUNDS = ['law-changed', 'facts-changed'] as const;

export type RecallGround = (typeof RECALL_GROUNDS)[number];

/** 撤回 of a lawful permit, since the law or the facts it rests on have changed; loss is compensated (行政许可法 Art. 8). */
export type PermitRecalled = DomainEvent<
  'PermitRecalled',
  1,
  Id & {
    readonly ground: RecallGround;
    readonly article: string;
    readonly reason: string;
    readonly compensation: string;
  }
>;

/**
 * Grounds to revoke, each with its place in 行政许可法 Art. 69. By an item of the first paragraph the organ **may** revoke, against
 * compensation (para. 4); what was got by deception or bribery it **must** revoke, and no interest of the holder is protected
 * (para. 2). A commitment that was not met left a condition unmet (item 4): it is deception only where that is found in addition.
 */
export const REVOCATION_GROUNDS = {
  abuse: licensing(69, 1), // 滥用职权、玩忽职守
  'ultra-vires': licensing(69, 2), // 超越法定职权
  procedure: licensing(69, 3), // 违反法定程序
  unqualified: licensing(69, 4), // 申请人不具备资格或者不符合法定条件
  other: licensing(69, 5), // 依法可以撤销的其他情形
  deception: licensing(69, null, 2), // 以欺骗、贿赂等不正当手段取得
  'commitment-breach': licensing(69, 4), // 承诺不实
} as const;

export type RevocationGround = keyof typeof REVOCATION_GROUNDS;

/** 撤销 of a permit that should not have been granted, where no great harm to the public follows (行政许可法 Art. 69). */
export type PermitRevoked = DomainEvent<
  'PermitRevoked',
  1,
  Id & {
    readonly ground: RevocationGround;
    readonly article: string;
    readonly reason: string;
    readonly remedies: string;
    /** How the holder's loss is made good (para. 4); left out where it was got by deception, and in events of before. */
    readonly compensation?: string;
    /** How the deception or bribery was found; left out on any other ground, and in events of before. */
    readonly finding?: string;
  }
>;

/** Grounds to cancel, in the order of the items of 行政许可法 Art. 70. */
export const CANCELLATION_GROUNDS = {
  expired: licensing(70, 1), // 有效期届满未延续
  incapacity: licensing(70, 2), // 死亡或者丧失行为能力
  terminated: licensing(70, 3), // 法人或者其他组织终止
  withdrawn: licensing(70, 4), // 许可被撤销、撤回或者吊销
  impossible: licensing(70, 5), // 不可抗力致许可事项无法实施
  other: licensing(70, 6), // 应当注销的其他情形
} as const;

export type CancellationGround = keyof typeof CANCELLATION_GROUNDS;

/** 注销: the permit is struck off the register (行政许可法 Art. 70). */
export type PermitCancelled = DomainEvent<
  'PermitCancelled',
  1,
  Id & { readonly ground: CancellationGround; readonly article: string; readonly reason: string }
>;

/** The holder made first use of the permit; of a construction permit: 开工, the works have begun (建筑法 Art. 9). */
export type PermitUsed = DomainEvent<
  'PermitUsed',
  1,
  Id & {
    /** The legal day of it, YYYY-MM-DD. */
    readonly on: string;
    readonly note: string | null;
  }
>;

/** 延期开工: the holder applied in time for beginning later (建筑法 Art. 9). */
export type PermitUsePostponed = DomainEvent<
  'PermitUsePostponed',
  1,
  Id & {
    readonly months: number;
    /** 1 for the first. */
    readonly round: number;
    /** Last legal day on which it may now first be used, YYYY-MM-DD, by the calendar of the day. */
    readonly lastDay: string;
    readonly reason: string;
    readonly article: string;
  }
>;

/** 自行废止: it was neither used nor was a postponement applied for in time (建筑法 Art. 9). */
export type PermitLapsed = DomainEvent<
  'PermitLapsed',
  1,
  Id & { readonly lastDay: string; readonly article: string }
>;

export const PERMIT_END_CAUSES = ['validity', 'use'] as const;

/** Why a permit comes to its end: the day it was granted until, or that it was not used in time. */
export type PermitEndCause = (typeof PERMIT_END_CAUSES)[number];

/** 届满提醒: the holder is notified that the permit is about to end. Happens once for each end. */
export type PermitEndAnnounced = DomainEvent<
  'PermitEndAnnounced',
  1,
  Id & {
    readonly cause: PermitEndCause;
    /** Last legal day on which it holds, or may first be used, YYYY-MM-DD. */
    readonly lastDay: string;
    readonly article: string;
  }
>;

export type PermitEvent =
  | PermitEndAnnounced
  | PermitIssued
  | PermitAmended
  | PermitRenewed
  | PermitRenewalApplied
  | PermitRenewalRefused
  | PermitUsePostponed
  | PermitLapsed
  | PermitUsed
  | PermitRecalled
  | PermitRevoked
  | PermitCancelled;
