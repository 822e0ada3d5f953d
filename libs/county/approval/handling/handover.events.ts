import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Custody } from '../core/holder.js';
import { type Id } from '../core/terms.js';

/** Why a person handles nothing in a department any more: the account was closed, or the post there ended. */
export type DepartureCause = 'account-closed' | 'post-ended';

/** Back to the desk of the department, for the person who held it has left; the head is notified. */
export type ApplicationUnassigned = DomainEvent<
  'ApplicationUnassigned',
  1,
  Id & {
    readonly department: string;
    readonly person: string;
    readonly cause: DepartureCause;
    readonly custody: Custody;
  }
>;

/** 改派: one of all the applications of a person that the head gave to another at once. */
export type ApplicationReassigned = DomainEvent<
  'ApplicationReassigned',
  1,
  Id & {
    readonly from: string;
    readonly to: { readonly department: string; readonly post: string | null; readonly person: string };
    readonly reason: string;
    readonly custody: Custody;
  }
>;

export type HandoverEvent = ApplicationUnassigned | ApplicationReassigned;
