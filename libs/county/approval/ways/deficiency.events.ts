import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Id } from '../core/terms.js';

/** 容缺受理: accepted (its own event comes first) though this material is missing; it is owed by `handInBy`. */
export type AcceptedWithDeficiency = DomainEvent<
  'AcceptedWithDeficiency',
  1,
  Id & { readonly missing: readonly string[]; readonly handInBy: string }
>;

/** Missing material was handed in. `outstanding` is what is still owed, `late` says that the deadline had passed. */
export type DeficiencyFulfilled = DomainEvent<
  'DeficiencyFulfilled',
  1,
  Id & {
    readonly materials: readonly string[];
    readonly outstanding: readonly string[];
    readonly late: boolean;
  }
>;

/** The deadline passed and this was not handed in: the application can no longer be granted. */
export type DeficiencyLapsed = DomainEvent<
  'DeficiencyLapsed',
  1,
  Id & { readonly missing: readonly string[]; readonly handInBy: string }
>;

export type DeficiencyEvent = AcceptedWithDeficiency | DeficiencyFulfilled | DeficiencyLapsed;
