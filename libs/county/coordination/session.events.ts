import { type DomainEvent } from '#libs/engine/event-sourcing';

/** Why an application is on an agenda. */
export const AGENDA_REASONS = ['carried-over', 'disputed', 'overdue', 'stalled'] as const;
export type AgendaReason = (typeof AGENDA_REASONS)[number];

/** An event that an item rests on: its id, and its place in the log. */
export type AgendaEvidence = {
  readonly event: string;
  readonly position: string;
  readonly type: string;
  readonly occurredAt: string;
};

/** One application before a session. It is named by its application. */
export type AgendaItem = {
  readonly application: string;
  readonly project: string;
  readonly projectName: string;
  readonly matter: string;
  /** The department that holds it; null if no single one does. */
  readonly department: string | null;
  readonly reasons: readonly AgendaReason[];
  /** Why it stands still, as the list of stalled projects says; null where it does not. */
  readonly cause: string | null;
  /** The promised end that has passed, ISO instant; null where none has. */
  readonly dueAt: string | null;
  /** The open dispute over it; null if there is none. */
  readonly dispute: string | null;
  readonly evidence: readonly AgendaEvidence[];
  /** How many sessions before this one had it and did not resolve it. */
  readonly carryCount: number;
};

/** An item that no session has resolved; `carryCount` is what the next agenda shows. */
export type CarriedItem = { readonly application: string; readonly carryCount: number };

/** A session of the half-monthly schedule is due on `nominalDay`; under today's calendar it is held on `day`. */
export type JointReviewScheduled = DomainEvent<
  'JointReviewScheduled',
  1,
  {
    readonly session: string;
    readonly nominalDay: string;
    readonly day: string;
    /** Version of data/policies/joint-review.yaml. */
    readonly schedule: string;
  }
>;

/** 联审联办: the departments are called together for a day, over these applications. */
export type JointReviewConvened = DomainEvent<
  'JointReviewConvened',
  1,
  {
    readonly session: string;
    /** Null for one that the schedule does not know. */
    readonly nominalDay: string | null;
    readonly day: string;
    readonly agenda: readonly AgendaItem[];
    /** The moment at which the applications stood as the agenda says; ISO instant. */
    readonly asOf: string;
    /** True when there were more applications than an agenda takes. */
    readonly more: boolean;
    /** The session whose unresolved items were carried over; null for the first. */
    readonly carriedFrom: string | null;
    /** Unresolved items of that session whose applications have ended since. */
    readonly settled: readonly CarriedItem[];
  }
>;

export type Attendant = { readonly department: string; readonly person: string };

export type JointReviewOpened = DomainEvent<
  'JointReviewOpened',
  1,
  {
    readonly session: string;
    readonly chair: string;
    readonly attendance: readonly Attendant[];
    /** Departments with an application on the agenda and no attendee. */
    readonly absent: readonly string[];
  }
>;

/** What was resolved on one item: which department does what until the end of which day. */
export type AgendaItemResolved = DomainEvent<
  'AgendaItemResolved',
  1,
  {
    readonly session: string;
    readonly application: string;
    readonly resolution: string;
    /** The department that is responsible for it. */
    readonly department: string;
    readonly lastDay: string;
    /** The end of that day, ISO instant. */
    readonly dueAt: string;
    readonly article: string | null;
  }
>;

/** 落实: the department responsible for a resolution reports that it is done. `late`: after its last day. */
export type ResolutionReported = DomainEvent<
  'ResolutionReported',
  1,
  {
    readonly session: string;
    readonly application: string;
    readonly department: string;
    readonly report: string;
    readonly late: boolean;
  }
>;

export type JointReviewClosed = DomainEvent<
  'JointReviewClosed',
  1,
  { readonly session: string; readonly note: string | null; readonly carriedOver: readonly CarriedItem[] }
>;

/** The session's day is over and it was not opened: all its items are carried over. */
export type JointReviewMissed = DomainEvent<
  'JointReviewMissed',
  1,
  { readonly session: string; readonly day: string; readonly carriedOver: readonly CarriedItem[] }
>;

export type SessionEvent =
  | JointReviewScheduled
  | JointReviewConvened
  | JointReviewOpened
  | AgendaItemResolved
  | ResolutionReported
  | JointReviewClosed
  | JointReviewMissed;
