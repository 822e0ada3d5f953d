import { type PermitEndAnnounced, type PermitEndCause } from './permit.events.js';

/** An end of which the holder was told. */
export type AnnouncedEnd = { readonly cause: PermitEndCause; readonly lastDay: string };

/** A permit that ends; left out where none does. */
export type WithPermit = {
  /** Its last legal day, YYYY-MM-DD. */
  readonly validUntil?: string;
  /** Ends of which the holder was told; left out while there were none. */
  readonly announcedEnds?: readonly AnnouncedEnd[];
  /** The legal day on which it was first used; left out while it was not. */
  readonly usedOn?: string;
};

export const afterAnnouncement = (
  { announcedEnds = [] }: WithPermit,
  { data: { cause, lastDay } }: PermitEndAnnounced,
): WithPermit => ({ announcedEnds: [...announcedEnds, { cause, lastDay }] });

/** Whether the holder was told of this very end. */
export const isAnnounced = ({ announcedEnds = [] }: WithPermit, { cause, lastDay }: AnnouncedEnd): boolean =>
  announcedEnds.some((one) => one.cause === cause && one.lastDay === lastDay);
