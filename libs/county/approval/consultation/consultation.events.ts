import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Custody } from '../core/holder.js';
import { type Id } from '../core/terms.js';

/** 征求意见: the lead asks other departments at once, in parallel, each for its opinion by the same instant. */
export type ConsultationRequested = DomainEvent<
  'ConsultationRequested',
  1,
  Id & {
    /** Consultations of one application count from 1. */
    readonly round: number;
    readonly departments: readonly string[];
    readonly question: string;
    readonly answerBy: string;
    /** The law that asks for these opinions, as cited; null where the lead asks of its own accord. */
    readonly article: string | null;
    /** The rule by which silence counts as no objection (超时视同无意见), as cited; null where none says so. */
    readonly silenceRule: string | null;
    readonly custody: Custody;
  }
>;

/** One department's opinion. `late` says whether it came after the deadline: it counts in either application. */
export type ConsultationAnswered = DomainEvent<
  'ConsultationAnswered',
  1,
  Id & {
    readonly round: number;
    readonly department: string;
    readonly agrees: boolean;
    readonly opinion: string;
    readonly late: boolean;
    /** Working days since it was asked. */
    readonly workingDays: number;
    /** Departments that have not answered yet. */
    readonly outstanding: readonly string[];
    readonly custody: Custody;
  }
>;

/** The deadline passed and these departments were silent. The lead waits no longer. */
export type ConsultationOverdue = DomainEvent<
  'ConsultationOverdue',
  1,
  Id & {
    readonly round: number;
    readonly departments: readonly string[];
    readonly answerBy: string;
    /** What their silence counts as: nothing at all, unless a rule says otherwise. */
    readonly takenAs: 'no-objection' | null;
    readonly silenceRule: string | null;
    readonly custody: Custody;
  }
>;

export type ConsultationEvent = ConsultationRequested | ConsultationAnswered | ConsultationOverdue;
