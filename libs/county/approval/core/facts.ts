import { type ApplicationState } from '../application/application.state.js';
import { type Trail } from '../application/trail.js';
import { type WithConsultation } from '../consultation/consultation.state.js';
import { type WithReview } from '../decision/review.rules.js';
import { type WithIssues } from '../handling/issue.state.js';
import { type WithPermit } from '../permit/permit.state.js';
import { type WithCorrections, type WithRatings } from '../record/record.state.js';
import { type WithCommitment } from '../ways/commitment.state.js';
import { type WithDeficiency } from '../ways/deficiency.state.js';
import { type ClockFacts } from './clock-facts.js';
import { type Holder } from './holder.js';
import { OVER, type Stage } from './stage.js';
import { type DueDates, type EscalationLevel, type Prerequisite, type Terms } from './terms.js';
import { type Ways } from './varied-rules.js';

/** True once the case has its end: a decision, a closure, a refusal to accept or a withdrawal. */
export const isOver = (state: ApplicationState): boolean => OVER.includes(state.at);

/** What later decisions need to know of an application, whatever its stage. */
export type Facts = Ways &
  WithDeficiency &
  WithCommitment &
  WithConsultation &
  WithPermit &
  WithCorrections &
  WithRatings &
  WithIssues &
  WithReview & {
    readonly application: string;
    readonly project: string;
    /** The acting department; null for a joint matter, on which any department may act. */
    readonly department: string | null;
    readonly applicant: string;
    readonly terms: Terms;
    readonly prerequisites: readonly Prerequisite[];
    readonly promisedEnd: string | null;
    /** Names of what was handed in so far, each once. */
    readonly materials: readonly string[];
    /** First receipt (收到) of the application, ISO instant. */
    readonly receivedAt: string;
    readonly due: DueDates;
    /** Whose turn it is; null when the case is over. */
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
    /** Id of the open dispute over whose it is (职能争议); absent while there is none. */
    readonly dispute?: string;
    /** What later signals may rest on; absent while there is nothing. */
    readonly trail?: Trail;
  };

export type Absent = { readonly at: 'absent' };

export type Decided = Facts & { readonly at: 'decided'; readonly outcome: 'granted' | 'refused' };

export type Delivered = Facts & { readonly at: 'delivered'; readonly outcome: 'granted' | 'refused' };

export type Undecided = Facts & {
  readonly at: Exclude<Stage, 'absent' | 'decided' | 'delivered'>;
};

export type Existing = Undecided | Decided | Delivered;

export const ABSENT: Absent = { at: 'absent' };

/** What every event of an application names. */
export const idOf = ({ application, project }: Facts) => ({ application, project });
