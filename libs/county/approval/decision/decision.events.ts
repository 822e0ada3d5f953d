import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Custody } from '../core/holder.js';
import { type Id, type StoppedClock } from '../core/terms.js';

/** 准予 (行政许可法 Art. 38). */
export type ApplicationApproved = DomainEvent<
  'ApplicationApproved',
  1,
  Id & {
    /** Its number; null before numbers were counted, and where an imported log has none. */
    readonly permit: string | null;
    /** Number of the document (准予行政许可决定书); left out before numbers were counted, and in imported logs. */
    readonly decisionNumber?: string;
    readonly opinion: string | null;
    readonly clock: StoppedClock;
    readonly custody: Custody;
  }
>;

/** 不予许可: reasons and remedies are required (行政许可法 Art. 38). */
export type ApplicationRefused = DomainEvent<
  'ApplicationRefused',
  1,
  Id & {
    readonly article: string;
    readonly reason: string;
    readonly remedies: string;
    /** Number of the document (不予行政许可决定书); left out before numbers were counted, and in imported logs. */
    readonly decisionNumber?: string;
    readonly clock: StoppedClock;
    readonly custody: Custody;
  }
>;

/** 撤回申请, by the applicant. */
export type ApplicationWithdrawn = DomainEvent<
  'ApplicationWithdrawn',
  1,
  Id & { readonly reason: string | null; readonly clock: StoppedClock; readonly custody: Custody }
>;

/** 送达, within ten working days of the decision (行政许可法 Art. 44). */
export type DecisionDelivered = DomainEvent<
  'DecisionDelivered',
  1,
  Id & { readonly method: string; readonly recipient: string | null; readonly custody: Custody }
>;

/** 办结 of an application that ends without a licence decision: a filing, a technical review, an imported application. */
export type ApplicationClosed = DomainEvent<
  'ApplicationClosed',
  1,
  Id & {
    readonly outcome: string;
    readonly clock: StoppedClock;
    readonly custody: Custody;
  }
>;

export type DecisionEvent =
  ApplicationApproved | ApplicationRefused | ApplicationWithdrawn | DecisionDelivered | ApplicationClosed;
