import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type TimeLimit } from '#libs/law/calendar';
import { type ClockEvent } from '../clock/clock.events.js';
import { type CommitmentEvent } from '../ways/commitment.events.js';
import { type ConsultationEvent } from '../consultation/consultation.events.js';
import { type DeficiencyEvent } from '../ways/deficiency.events.js';
import { type IssueEvent } from '../handling/issue.events.js';
import { type PermitEvent } from '../permit/permit.events.js';
import { type ServiceRated } from '../record/rating.events.js';
import { type RecordEvent } from '../record/record.events.js';
import { type WayEvent } from '../ways/ways.events.js';
import { type DisputedEvent } from '../jurisdiction/disputes.events.js';
import { type SignalEvent } from '../signals/signals.events.js';
import { type ApplicationTakenOver } from '../jurisdiction/succession.events.js';
import { type ApplicationApplicantCorrected } from '../jurisdiction/applicant-correction.events.js';

/** Whose turn it is (球在谁手). Fields that do not apply, or are not known, are null. */
export type Holder = {
  readonly party: 'applicant' | 'department' | 'inter-department' | 'excluded-procedure';
  readonly department: string | null;
  readonly post: string | null;
  readonly person: string | null;
};

/** A stretch of time that belonged to one holder; ISO instants, `from` <= `to`. */
export type Held = { readonly by: Holder; readonly from: string; readonly to: string };

/**
 * What an event does to custody: the stretch it ends, and who holds the case from then on (null = nobody: it is over).
 * An event without custody leaves the case where it is.
 */
export type Custody = { readonly ended: Held | null; readonly holder: Holder | null };

/** Instants derived from the clock's ledger when the event was decided; the ledger stays the truth. */
export type DueDates = {
  /** End of the promised term (承诺时限), which drives the lamp. */
  readonly promised: string | null;
  /** End of the statutory term (法定时限), which drives liability. */
  readonly statutory: string | null;
  /** From here on the lamp is yellow. */
  readonly yellow: string | null;
  /** True when a date lies past the known calendar. */
  readonly provisional: boolean;
};

/** How the clock stood when it stopped. `late…` compare the stop with the due instants, null where there was none. */
export type StoppedClock = {
  readonly stoppedAt: string;
  readonly latePromised: boolean | null;
  readonly lateStatutory: boolean | null;
};

/** The limits an application runs under, fixed when it is submitted: a later catalogue version does not touch it. */
export type Terms = {
  readonly statutory: TimeLimit | null;
  readonly promised: TimeLimit | null;
  /** Law and article of the matter, as cited. */
  readonly basis: string | null;
  /** False shows as 未核实 until a person signs the limit off. */
  readonly verified: boolean;
};

/** An earlier application of the same project that must be granted before this one may be. */
export type Prerequisite = { readonly application: string; readonly matter: string };

/** Every event names its project too, so that a projection knows the project's documents from the event alone. */
export type Id = { readonly application: string; readonly project: string };

export type ApplicationSubmitted = DomainEvent<
  'ApplicationSubmitted',
  1,
  Id & {
    readonly projectName: string;
    readonly region: string;
    readonly matter: string;
    readonly matterName: string;
    readonly matterVersion: number;
    /** The deciding department; null for a joint matter (联办), on which any department may act. */
    readonly department: string | null;
    readonly applicant: string;
    readonly channel: string | null;
    readonly materials: readonly string[];
    readonly terms: Terms;
    readonly prerequisites: readonly Prerequisite[];
    /** An end promised by an imported log, which then stands in place of the computed one. */
    readonly promisedEnd: string | null;
    readonly due: DueDates;
    readonly custody: Custody;
  }
>;

/** One-time notice of everything to correct (一次告知, 行政许可法 Art. 32(4)). */
export type SupplementRequested = DomainEvent<
  'SupplementRequested',
  1,
  Id & {
    readonly items: readonly { readonly material: string; readonly reason: string }[];
    /** 1 for the notice the law knows; more is a signal, see RepeatedSupplementFlagged. */
    readonly round: number;
    readonly custody: Custody;
  }
>;

export type SupplementSubmitted = DomainEvent<
  'SupplementSubmitted',
  1,
  Id & { readonly materials: readonly string[]; readonly custody: Custody }
>;

export type ApplicationAccepted = DomainEvent<
  'ApplicationAccepted',
  1,
  Id & {
    /** Number of the dated receipt (行政许可法 Art. 32). */
    readonly receiptNumber: string;
    readonly note: string | null;
    readonly due: DueDates;
    readonly custody: Custody;
  }
>;

export type AcceptanceRefused = DomainEvent<
  'AcceptanceRefused',
  1,
  Id & {
    readonly article: string;
    readonly reason: string;
    readonly remedies: string;
    readonly custody: Custody;
  }
>;

export type ReviewerAssigned = DomainEvent<
  'ReviewerAssigned',
  1,
  Id & {
    readonly department: string;
    readonly post: string | null;
    readonly person: string;
    readonly custody: Custody;
  }
>;

/** One step (环节) done: which, by which department, post and person. */
export type StepRecorded = DomainEvent<
  'StepRecorded',
  1,
  Id & {
    readonly step: string;
    readonly department: string | null;
    readonly post: string | null;
    readonly person: string;
    readonly note: string | null;
    /** Id of the row in the log it was imported from. */
    readonly source: string | null;
    /** True for a step after the end of the case (archiving, sending): it does not touch the clock. */
    readonly afterEnd: boolean;
    readonly custody: Custody;
  }
>;

/** Back to the reviewer inside the organ (内部退回); never to the applicant. */
export type ApplicationSentBack = DomainEvent<
  'ApplicationSentBack',
  1,
  Id & { readonly reason: string; readonly custody: Custody }
>;

/** Back to the applicant (退件). Without an article of law it is a signal for supervision. */
export type ApplicationReturned = DomainEvent<
  'ApplicationReturned',
  1,
  Id & {
    readonly reason: string;
    readonly article: string | null;
    readonly round: number;
    readonly custody: Custody;
  }
>;

export type ApplicationResubmitted = DomainEvent<
  'ApplicationResubmitted',
  1,
  Id & { readonly materials: readonly string[]; readonly custody: Custody }
>;

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

/** 不予许可: reasons and remedies are owed (行政许可法 Art. 38). */
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

/** 撤件, by the applicant. */
export type ApplicationWithdrawn = DomainEvent<
  'ApplicationWithdrawn',
  1,
  Id & { readonly reason: string | null; readonly clock: StoppedClock; readonly custody: Custody }
>;

/** 转办 or 移送: to another post of the department or to another department. */
export type ApplicationTransferred = DomainEvent<
  'ApplicationTransferred',
  1,
  Id & {
    readonly from: string | null;
    readonly to: {
      readonly department: string;
      readonly post: string | null;
      readonly person: string | null;
    };
    readonly reason: string;
    readonly custody: Custody;
  }
>;

/** The ladder of escalation, lowest first. */
export const ESCALATION_LEVELS = [
  'department-head',
  'supervision',
  'deputy-county-head',
  'leading-group',
] as const;
export type EscalationLevel = (typeof ESCALATION_LEVELS)[number];

/** 提级. The holder stays responsible: a higher level watches, it does not take the case over. */
export type ApplicationEscalated = DomainEvent<
  'ApplicationEscalated',
  1,
  Id & { readonly level: EscalationLevel; readonly from: EscalationLevel | null; readonly reason: string }
>;

/** 送达, within ten working days of the decision (行政许可法 Art. 44). */
export type DecisionDelivered = DomainEvent<
  'DecisionDelivered',
  1,
  Id & { readonly method: string; readonly recipient: string | null; readonly custody: Custody }
>;

/** 办结 of a case that ends without a licence decision: a filing, a technical review, an imported case. */
export type ApplicationClosed = DomainEvent<
  'ApplicationClosed',
  1,
  Id & {
    readonly outcome: string;
    readonly clock: StoppedClock;
    readonly custody: Custody;
  }
>;

export type ApplicationEvent =
  | ApplicationSubmitted
  | SupplementRequested
  | SignalEvent
  | DisputedEvent
  | ApplicationTakenOver
  | ApplicationApplicantCorrected
  | SupplementSubmitted
  | ApplicationAccepted
  | AcceptanceRefused
  | ReviewerAssigned
  | StepRecorded
  | ApplicationSentBack
  | ApplicationReturned
  | ApplicationResubmitted
  | ApplicationApproved
  | ApplicationRefused
  | ApplicationWithdrawn
  | ApplicationTransferred
  | ApplicationEscalated
  | DecisionDelivered
  | ApplicationClosed
  | ClockEvent
  | WayEvent
  | DeficiencyEvent
  | CommitmentEvent
  | ConsultationEvent
  | PermitEvent
  | RecordEvent
  | IssueEvent
  | ServiceRated;
