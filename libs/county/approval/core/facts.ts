import { type Counter } from '#libs/law/calendar';
import { type ClockFacts } from './clock-facts.js';
import { type Holder } from './holder.js';
import { OVER, type Stage } from './stage.js';
import { type DueDates, type EscalationLevel, type Id, type Prerequisite, type Terms } from './terms.js';

/**
 * What every chapter needs to know of an application, whatever its stage. What only one chapter needs is a slice of its own
 * (`WithPermit`); application/application.state.ts joins them.
 */
export type ApplicationFacts = Id & {
  /** The acting department; null for a joint matter, on which any department may act. */
  readonly department: string | null;
  readonly applicant: string;
  /** Other departments whose windows take in what is handed in for it; left out where there are none. */
  readonly receivedBy?: readonly string[];
  readonly terms: Terms;
  readonly prerequisites: readonly Prerequisite[];
  readonly promisedEnd: string | null;
  /** Names of what was handed in so far, each once. */
  readonly materials: readonly string[];
  /** First receipt (收到) of the application, ISO instant; from when it counts says `receiptOf`. */
  readonly receivedAt: string;
  /** Of the counter at which it was handed in first; left out where it came online. */
  readonly counter?: Counter;
  readonly due: DueDates;
  /** Whose turn it is; null when the application is over. */
  readonly holder: Holder | null;
  /** Beginning of the stretch that runs now, ISO instant. */
  readonly since: string;
  readonly reviewer: Holder | null;
  readonly supplementRounds: number;
  readonly returnRounds: number;
  readonly level: EscalationLevel | null;
  /** Latest `occurredAt` so far. */
  readonly lastOccurredAt: string;
  readonly clock: ClockFacts;
  /** Id of the open dispute over competence (职能争议); absent if there is none. */
  readonly dispute?: string;
};

export type NoApplication = { readonly at: 'absent' };
type DecidedStage = { readonly at: 'decided' | 'delivered'; readonly outcome: 'granted' | 'refused' };
type UndecidedStage = { readonly at: Exclude<Stage, 'absent' | 'decided' | 'delivered'> };

/** The facts of an application that was submitted, at its stage. */
export type SubmittedApplication = ApplicationFacts & (DecidedStage | UndecidedStage);

export const ABSENT: NoApplication = { at: 'absent' };

/** What every event of an application names. */
export const idOf = ({ application, project }: Id): Id => ({ application, project });

/** True once the application has ended: a decision, a closure, a refusal to accept or a withdrawal. */
export const isOver = ({ at }: { readonly at: Stage }): boolean => OVER.includes(at);
