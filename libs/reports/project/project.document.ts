import { type Campaign, type OpenedApplication } from '#libs/county/project';
import { type Answers } from '#libs/law/catalogue';
import { type EventEvidence } from '../answers/event-evidence.js';
import { type DeviationCode } from './deviations.js';

/** One deviation of an application from its process, as the log shows it. */
export type RecordedDeviation = {
  readonly code: DeviationCode;
  readonly application: string;
  readonly matter: string;
  /** Whose the application was then; null for a joint matter. */
  readonly department: string | null;
  /** Applications that should have been granted first. */
  readonly missing: readonly string[];
  readonly evidence: readonly EventEvidence[];
};

/** One application of a project, as far as the project needs to know it. */
export type ProjectApplication = OpenedApplication & {
  readonly status: 'not-submitted' | 'running' | 'ended';
  readonly submittedAt: string | null;
  readonly endedAt: string | null;
  /**
   * `granted`, `refused`, `not-accepted`, `withdrawn`, or the outcome of a closure; null while it runs. What became of a
   * permit afterwards takes its place: `recalled`, `revoked`, `cancelled`, `lapsed`, and for a reader after its last day `expired`.
   */
  readonly outcome: string | null;
  /** Last legal day of its permit; left out where it has none. */
  readonly validUntil?: string;
  /** An application for renewal waits for a decision: unless it is refused, the permit goes on; left out where none does. */
  readonly renewing?: true;
  /** The application of the same matter that ended before this one began; left out in the first round. */
  readonly previousRound?: string;
  /** Ended after its promised term; null when nothing was promised, or while it runs. */
  readonly late: boolean | null;
  /** Departments that were asked for their opinion; left out while none was. */
  readonly asked?: readonly string[];
  /** Whose it is by the process, where it was transferred away from there without a ruling; left out where it was not. */
  readonly movedFrom?: { readonly department: string; readonly transfer: EventEvidence };
};

/** A matter that was struck (剔除): nobody applies for it, and nothing waits for it. */
type StruckFromProject = {
  readonly application: string;
  readonly matter: string;
  readonly matterName: string;
  readonly department: string;
  readonly person: string;
  readonly reason: string;
  readonly article: string | null;
  readonly at: string;
};

/** One project with where each of its applications stands. Instants are ISO 8601 in UTC. */
export type ProjectDocument = {
  readonly id: string;
  readonly name: string;
  readonly template: string;
  readonly templateVersion: number;
  readonly region: string;
  /** The region and all it rolls up to, `000000` (everywhere) first. */
  readonly regions: readonly string[];
  /** Null until it is known who applies. */
  readonly applicant: string | null;
  readonly nationalCode: string | null;
  readonly investment: string | null;
  readonly source: string | null;
  readonly registeredAt: string;
  readonly keyProject: { readonly leader: string; readonly reason: string; readonly since: string } | null;
  /** Regions whose list of key projects includes it: all of its regions, or none. */
  readonly keyIn: readonly string[];
  /** The other campaigns it serves. */
  readonly campaigns: readonly Campaign[];
  readonly applications: readonly ProjectApplication[];
  /** Matters that do not apply to it, each with who decided and why; left out while there are none. */
  readonly struck?: readonly StruckFromProject[];
  /** Answers to the questionnaire; left out before the first. */
  readonly answers?: Answers;
  /** Completed when every matter that applies to it was applied for and has ended. */
  readonly status: 'open' | 'completed';
  readonly completedAt: string | null;
  /** True as soon as one application ended after its promised term. */
  readonly late: boolean;
  /** How its applications left the process that it was registered under, in the order of the log. */
  readonly deviations: readonly RecordedDeviation[];
  /** Regions whose list of deviating projects includes it: all of its regions, or none. */
  readonly deviatesIn: readonly string[];
  /** Revision of the project's own stream. */
  readonly revision: string;
};
