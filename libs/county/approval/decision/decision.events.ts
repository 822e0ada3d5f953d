import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Custody } from '../core/holder.js';
import { type Id, type StoppedClock } from '../core/terms.js';

/** 准予 (行政许可法 Art. 38). */
export type ApplicationApproved = DomainEvent<
  'ApplicationApproved',
  1,
  Id & {
    readonly permit: string | null;
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
