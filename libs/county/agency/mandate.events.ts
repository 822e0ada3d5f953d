import { type DomainEvent } from '#libs/engine/event-sourcing';

/** What a mandate says. */
export type MandateTerms = {
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
};

/**
 * 代办委托: an agent may act for an applicant (行政许可法 Art. 29), in one project or in all of theirs. Given by the applicant.
 * Until ADR 22 the window recorded mandates with this event too, and they were good at once: they stay good.
 */
export type MandateGranted = DomainEvent<'MandateGranted', 1, MandateTerms>;

/** 窗口登记: the window recorded a mandate that an applicant is reported to have given. It takes effect only once it is confirmed. */
export type MandateRecorded = DomainEvent<
  'MandateRecorded',
  1,
  MandateTerms & {
    readonly recordedBy: {
      readonly person: string;
      readonly post: string | null;
      readonly department: string | null;
    };
  }
>;

/** 确认: by the applicant, or, from the signed paper, by a second person of the department that recorded it. */
export type MandateConfirmed = DomainEvent<
  'MandateConfirmed',
  1,
  {
    readonly mandate: string;
    readonly agent: string;
    readonly applicant: string;
    readonly by: 'applicant' | 'second-person';
  }
>;

/**
 * Taken back by the applicant, laid down by the agent, or ended by the department that recorded it. What was done under it
 * stands.
 */
export type MandateRevoked = DomainEvent<
  'MandateRevoked',
  1,
  { readonly mandate: string; readonly agent: string; readonly applicant: string; readonly reason: string }
>;

export type MandateEvent = MandateGranted | MandateRecorded | MandateConfirmed | MandateRevoked;

/** Who wrote a mandate down, where it was not its applicant. */
type Recorder = { readonly person: string; readonly department: string | null };

/**
 * State of one mandate; `recorded` waits to be confirmed. That it is over is not a state: it follows from the time.
 * `recordedBy` is absent when the applicant gave it.
 */
export type MandateState =
  | { readonly at: 'absent' }
  | {
      readonly at: 'recorded' | 'granted' | 'revoked';
      readonly granted: MandateTerms;
      readonly recordedBy?: Recorder;
    };
