import { type Recorded } from '#libs/engine/event-sourcing';
import { type SubmittedApplication } from '../core/facts.js';
import { type Fold, withLatestTime } from '../core/fold.js';
import { type WithStop } from './works-stop.js';
import {
  type PermitEndAnnounced,
  type PermitEndCause,
  type PermitEvent,
  type PermitRenewalApplied,
} from './permit.events.js';

/** An end of which the holder was notified. */
export type AnnouncedEnd = { readonly cause: PermitEndCause; readonly lastDay: string };

/** An application for renewal; `validUntil` is the last day that was asked for. */
export type Renewal = { readonly appliedAt: string; readonly validUntil: string };

/** A permit that ends; left out where none does. */
export type WithPermit = WithStop & {
  /** Its last legal day, YYYY-MM-DD. */
  readonly validUntil?: string;
  /** Ends of which the holder was notified; absent if there were none. */
  readonly announcedEnds?: readonly AnnouncedEnd[];
  /** The legal day on which it was first used; left out while it was not. */
  readonly usedOn?: string;
  /** The holder's application for renewal that waits for a decision; left out before the first, null once it was decided on. */
  readonly renewal?: Renewal | null;
  /** Months by which first use was postponed, one after another; absent while it was not. */
  readonly postponements?: readonly number[];
  /** The last day of its use, where it lapsed; null where its use was reported after all. */
  readonly lapsedOn?: string | null;
};

type WithRenewal = Pick<WithPermit, 'renewal'>;

/** The holder applied for renewal. */
export const withRenewal = ({ metadata, data }: Recorded<PermitRenewalApplied>): WithRenewal => ({
  renewal: { appliedAt: metadata.occurredAt, validUntil: data.validUntil },
});

/** The application for renewal was decided on. */
export const withoutRenewal = ({ renewal }: WithRenewal): WithRenewal => (renewal ? { renewal: null } : {});

/** A permit that was used has not lapsed, though that was reported late. */
const withoutLapse = ({ lapsedOn }: WithPermit): WithPermit => (lapsedOn ? { lapsedOn: null } : {});

const afterAnnouncement = (
  { announcedEnds = [] }: WithPermit,
  { data: { cause, lastDay } }: PermitEndAnnounced,
): WithPermit => ({ announcedEnds: [...announcedEnds, { cause, lastDay }] });

/** Whether the holder was notified of exactly this end. */
export const isAnnounced = ({ announcedEnds = [] }: WithPermit, { cause, lastDay }: AnnouncedEnd): boolean =>
  announcedEnds.some((one) => one.cause === cause && one.lastDay === lastDay);

export const PERMIT_FOLD: Fold<PermitEvent, SubmittedApplication & WithPermit> = {
  PermitIssued: (state, { data: { validUntil } }) => ({ ...state, validUntil }),
  PermitAmended: (state, event) => ({ ...state, ...withLatestTime(state, event) }),
  PermitRenewed: (state, event) => ({
    ...state,
    ...withoutRenewal(state),
    validUntil: event.data.validUntil,
    ...withLatestTime(state, event),
  }),
  PermitUsed: (state, event) => ({
    ...state,
    ...withoutLapse(state),
    usedOn: event.data.on,
    ...withLatestTime(state, event),
  }),
  PermitRenewalApplied: (state, event) => ({
    ...state,
    ...withRenewal(event),
    ...withLatestTime(state, event),
  }),
  PermitRenewalRefused: (state, event) => ({
    ...state,
    ...withoutRenewal(state),
    ...withLatestTime(state, event),
  }),
  PermitUsePostponed: (state, event) => ({
    ...state,
    postponements: [...(state.postponements ?? []), event.data.months],
    ...withLatestTime(state, event),
  }),
  PermitLapsed: (state, event) => ({
    ...state,
    lapsedOn: event.data.lastDay,
    ...withLatestTime(state, event),
  }),
  PermitEndAnnounced: (state, event) => ({
    ...state,
    ...afterAnnouncement(state, event),
    ...withLatestTime(state, event),
  }),
  PermitRecalled: (state, event) => ({ ...state, at: 'recalled', ...withLatestTime(state, event) }),
  PermitRevoked: (state, event) => ({ ...state, at: 'revoked', ...withLatestTime(state, event) }),
  PermitCancelled: (state, event) => ({ ...state, at: 'cancelled', ...withLatestTime(state, event) }),
};
