import { type Counter, type Extension, type Suspension } from '#libs/law/calendar';
import { type Consultation } from '../consultation/consultation.state.js';
import { type InternalStep } from '../core/clock-facts.js';
import { type Holder } from '../core/holder.js';
import { type Stage } from '../core/stage.js';
import { type DueDates, type EscalationLevel, type Terms } from '../core/terms.js';
import { type VariableRule } from '../core/varied-rules.js';
import { type Issue } from '../handling/issue.state.js';
import { type Renewal } from '../permit/permit.state.js';
import { type Stop } from '../permit/works-stop.js';
import { type Commitment } from '../ways/commitment.state.js';
import { type Deficiency } from '../ways/deficiency.state.js';
import { type DeadlineDays } from './open-deadlines.js';
import { type Procedure } from './procedure.js';
import { type Model } from '#libs/engine/event-sourcing';

/** What queries find applications by. */
export const applications: Model<ApplicationDocument> = { model: 'applications' };

/** The clock of an application as its document shows it. */
type ShownClock = {
  /** Version of the calendar that the due dates rest on: the present one, whenever the application began. */
  readonly calendarVersion: string;
  readonly suspensions: readonly Suspension[];
  readonly extensions: readonly Extension[];
  /** When the applicant completed the materials, as the one-time notice asked; left out before it. */
  readonly supplementPeriod?: Suspension;
  /** A step that takes longer than its own limit: the lamp is yellow though the application is in time (环节超时). */
  readonly stepOverrun: {
    readonly step: InternalStep;
    readonly since: string;
    readonly at: string;
    /** When the lamp would turn yellow for the term alone. */
    readonly yellow: string | null;
  } | null;
};

/** One department's answer, and how long it took. */
export type Opinion = {
  readonly department: string;
  readonly agrees: boolean;
  readonly late: boolean;
  readonly workingDays: number;
  readonly answeredAt: string;
};

/** What ways through and what came after the end show in an application's document. */
type ShownWays = {
  /** 快速通道: comes first in every worklist. */
  readonly fastTrack: boolean;
  /** Departments whose opinion the lead waits for. */
  readonly awaiting: readonly string[];
  /** Rules that special handling has varied; left out where it has not. */
  readonly variedRules?: readonly VariableRule[];
  /** 容缺受理; left out where nothing was missing. */
  readonly deficiency?: Deficiency;
  /** 告知承诺; left out where none was made. */
  readonly commitment?: Commitment;
  /** The last consultation (征求意见); left out where there was none. */
  readonly consultation?: Consultation & { readonly opinions: readonly Opinion[] };
  /** Last legal day of a permit that ends; left out where none does. */
  readonly validUntil?: string;
  /** Its holder's application for renewal that waits for a decision; null once it was decided on, left out before the first. */
  readonly renewal?: Renewal | null;
  /** The legal day of its first use (开工); left out before. */
  readonly usedOn?: string;
  /** Works under it that stand still; null once they were resumed, left out while they never stopped. */
  readonly stop?: Stop | null;
  readonly resumedOn?: string;
  /** The last day of its use, where the permit lapsed (自行废止); left out while it did not. */
  readonly lapsedOn?: string;
  /** Difficulties (难点) in order of their numbers; left out where none was raised. */
  readonly issues?: readonly Issue[];
  /** What was entered afterwards (补录); left out where nothing was. */
  readonly backEntries?: number;
};

/** Who recorded an act in it, for the list of what a person has acted on; left out before the first act of a person. */
export type ActedApplication = {
  /** With each person's last act, the latest of them last. */
  readonly acted?: readonly { readonly person: string; readonly at: string }[];
  readonly actedBy?: readonly string[];
  /** When the last of these acts was. */
  readonly actedAt?: string;
};

/** One application as it stands: the row of every worklist. Instants are ISO 8601 in UTC, revisions strings. */
export type ApplicationDocument = ShownClock &
  ActedApplication &
  ShownWays &
  Procedure & {
    readonly id: string;
    readonly project: string;
    readonly projectName: string;
    readonly region: string;
    /** The region and all it rolls up to, `000000` (everywhere) first. */
    readonly regions: readonly string[];
    readonly matter: string;
    readonly matterName: string;
    readonly matterVersion: number;
    /** The deciding department; null for a joint matter. */
    readonly department: string | null;
    /** Whose worklist it is on: the holder's department, and while the applicant holds it the deciding one. */
    readonly responsible: string | null;
    readonly applicant: string;
    /** The application of the same matter that ended before this one began; left out in the first round. */
    readonly previousRound?: string;
    /** 受理编号; left out until it is accepted. */
    readonly receiptNumber?: string;
    /** 文号 of the decision, or of the refusal to accept; left out while there is none. */
    readonly decisionNumber?: string;
    /** 证号; left out while nothing was granted. */
    readonly permitNumber?: string;
    /** Legal day of the decision to grant a licence, which the public may look at (行政许可法 Art. 40); left out for all else. */
    readonly grantedOn?: string;
    /** Materials that were taken from an earlier application of the applicant (免提交); left out while there are none. */
    readonly sharedMaterials?: readonly string[];
    readonly channel: string | null;
    readonly stage: Exclude<Stage, 'absent'>;
    /** Not ended: neither decided, closed, withdrawn nor refused acceptance. */
    readonly open: boolean;
    readonly holder: Holder | null;
    readonly heldSince: string | null;
    /** The holder's account; null when a post or a department as such holds the application. */
    readonly person: string | null;
    readonly reviewer: string | null;
    /** Whose it was last, where it went back to the desk because they left; left out where it did not. */
    readonly leftBy?: string;
    /** Id of the open dispute over competence (职能争议); absent if there is none. */
    readonly dispute?: string;
    readonly submittedAt: string;
    /** Hours of the counter at which it was handed in, see `receiptOf`; left out where it came online. */
    readonly counter?: Counter;
    /** Receipt of what the applicant handed in last: the term of the one-time notice runs from here. */
    readonly materialsAt: string;
    /** Hours of the counter at which that was handed in; left out where it came online. */
    readonly materialsCounter?: Counter;
    readonly acceptedAt: string | null;
    readonly endedAt: string | null;
    readonly deliveredAt: string | null;
    /** `granted`, `refused`, `not-accepted`, `withdrawn`, or the outcome a closure gives; null while open. */
    readonly outcome: string | null;
    readonly terms: Terms;
    /** An end promised by an imported log, which replaces the computed one. */
    readonly promisedEnd: string | null;
    readonly due: DueDates;
    /** The promised end, else the statutory one, else NO_DUE_DATE. */
    readonly dueAt: string;
    /** The legal days by which tallies count it; null without a term. */
    readonly deadline: DeadlineDays | null;
    readonly latePromised: boolean | null;
    readonly lateStatutory: boolean | null;
    readonly escalation: EscalationLevel | null;
    readonly supplementRounds: number;
    readonly returnRounds: number;
    readonly steps: number;
    readonly lastStep: string | null;
    readonly revision: string;
  };
