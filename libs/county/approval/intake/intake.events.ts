import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Counter } from '#libs/law/calendar';
import { type Custody } from '../core/holder.js';
import { type DueDates, type Id, type Prerequisite, type Terms } from '../core/terms.js';

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
    /** Office hours of the counter at which it was handed in; left out where it came online, and before they were recorded. */
    readonly counter?: Counter;
    readonly materials: readonly string[];
    readonly terms: Terms;
    readonly prerequisites: readonly Prerequisite[];
    /** Other departments whose windows may hand it in, as the catalogue said then; left out where there were none. */
    readonly receivedBy?: readonly string[];
    /** The application of the same matter that ended before this one began; left out in the first round. */
    readonly previousRound?: string;
    /** An end promised by an imported log, which then replaces the computed one. */
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
  Id & {
    readonly materials: readonly string[];
    /** As in `ApplicationSubmitted`. */
    readonly counter?: Counter;
    readonly custody: Custody;
  }
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
    /** The organ that is competent (Art. 32(2)); left out where no licence is needed. */
    readonly organ?: string;
    /** Number of the document (不予受理决定书); left out before numbers were counted, and in imported logs. */
    readonly decisionNumber?: string;
    readonly custody: Custody;
  }
>;

export type ApplicationResubmitted = DomainEvent<
  'ApplicationResubmitted',
  1,
  Id & { readonly materials: readonly string[]; readonly custody: Custody }
>;

export type IntakeEvent =
  | ApplicationSubmitted
  | SupplementRequested
  | SupplementSubmitted
  | ApplicationAccepted
  | AcceptanceRefused
  | ApplicationResubmitted;
