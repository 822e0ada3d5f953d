import { type DomainEvent } from '#libs/engine/event-sourcing';

/**
 * From now on this number of a series is that of this holder and of no other: one stream a series, so the log itself counts. A
 * number whose holder was never given it is a gap, and this event says whose it would have been.
 */
export type NumberTaken = DomainEvent<
  'NumberTaken',
  1,
  {
    readonly series: string;
    /** 1 for the first. */
    readonly number: number;
    readonly holder: string;
  }
>;
