import { type DomainEvent } from '#libs/event-sourcing';

/** 代办委托: an agent may act for an applicant (行政许可法 Art. 29), in one project or in all of theirs. */
export type MandateGranted = DomainEvent<
  'MandateGranted',
  1,
  {
    readonly mandate: string;
    readonly agent: string;
    readonly applicant: string;
    /** The one project it is for; null = all of the applicant's. */
    readonly project: string | null;
    /** Last legal day, YYYY-MM-DD, and the instant at which that day ends. */
    readonly lastDay: string;
    readonly until: string;
    /** What it rests on, for example the number of the paper. */
    readonly note: string | null;
  }
>;

/** Taken back by the applicant, or laid down by the agent. What was done under it stands. */
export type MandateRevoked = DomainEvent<
  'MandateRevoked',
  1,
  { readonly mandate: string; readonly agent: string; readonly applicant: string; readonly reason: string }
>;

export type MandateEvent = MandateGranted | MandateRevoked;
