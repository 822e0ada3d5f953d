import { type Recorded, defined } from '#libs/engine/event-sourcing';
import { CLOCK_FOLD, withStep } from '../clock/clock.state.js';
import { CONSULTATION_FOLD, type WithConsultation } from '../consultation/consultation.state.js';
import { ABSENT, type NoApplication, type SubmittedApplication } from '../core/facts.js';
import { type Fold } from '../core/fold.js';
import { DECISION_FOLD } from '../decision/decision.state.js';
import { type WithReview } from '../decision/review.rules.js';
import { ESCALATION_FOLD } from '../escalation/escalation.state.js';
import { HANDLING_FOLD } from '../handling/handling.state.js';
import { HANDOVER_FOLD, type WithDeparture } from '../handling/handover.state.js';
import { ISSUE_FOLD, type WithIssues } from '../handling/issue.state.js';
import { FILE_FOLD, type WithFiles } from '../intake/file.state.js';
import { type ApplicationSubmitted } from '../intake/intake.events.js';
import { INTAKE_FOLD, submitted } from '../intake/intake.state.js';
import { JURISDICTION_FOLD } from '../jurisdiction/jurisdiction.state.js';
import { WORKS_FOLD } from '../permit/works.state.js';
import { PERMIT_FOLD, type WithPermit } from '../permit/permit.state.js';
import { eventsAfter } from '../record/imported-case.js';
import { type ImportedCaseCorrected } from '../record/imported-case.events.js';
import { RECORD_FOLD, type WithCorrections, type WithRatings } from '../record/record.state.js';
import { isSignal, type SignalEvent } from '../signals/signals.events.js';
import { WAYS_FOLD, type WithWays } from '../ways/ways.state.js';
import { type ApplicationEvent } from './application.events.js';
import { examinedAfter, reviewedAfter } from './review.state.js';
import { trailAfter, type WithTrail } from './trail.js';

/** An application that was submitted, with all that its chapters know of it. */
export type Application = SubmittedApplication &
  WithWays &
  WithFiles &
  WithDeparture &
  WithConsultation &
  WithPermit &
  WithCorrections &
  WithRatings &
  WithIssues &
  WithReview &
  WithTrail;

/** State of one application, folded from its stream. */
export type ApplicationState = NoApplication | Application;

/** What each event makes of an application; the chapters say it, each for its own events. */
const FOLD: Fold<
  Exclude<ApplicationEvent, ApplicationSubmitted | ImportedCaseCorrected | SignalEvent>,
  Application
> = {
  ...INTAKE_FOLD,
  ...FILE_FOLD,
  ...HANDLING_FOLD,
  ...HANDOVER_FOLD,
  ...ISSUE_FOLD,
  ...DECISION_FOLD,
  ...CLOCK_FOLD,
  ...ESCALATION_FOLD,
  ...CONSULTATION_FOLD,
  ...PERMIT_FOLD,
  ...WORKS_FOLD,
  ...RECORD_FOLD,
  ...WAYS_FOLD,
  ...JURISDICTION_FOLD,
};

/**
 * Folds one event. An event on a stream that was never submitted, or a delivery without a decision, means that the
 * log is damaged: it throws and is never skipped.
 */
export function evolve(state: ApplicationState, event: Recorded<ApplicationEvent>): ApplicationState {
  const next = withStep(fold(state, event), event);
  const trail = trailAfter(next.trail, event);
  const reviewedBy = reviewedAfter(state, event);
  const examined = examinedAfter(state, event);
  const isSame = trail === next.trail && reviewedBy === next.reviewedBy && examined === next.examined;
  return isSame ? next : { ...next, ...defined({ trail, reviewedBy, examined }) };
}

function fold(state: ApplicationState, event: Recorded<ApplicationEvent>): Application {
  if (event.type === 'ApplicationSubmitted') {
    if (state.at !== 'absent') throw new Error(`${event.stream}: ApplicationSubmitted a second time`);
    return submitted(event);
  }
  if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ApplicationSubmitted`);
  if (isSignal(event)) return state;
  if (event.type === 'ImportedCaseCorrected') return readAnew(event);
  const apply = FOLD[event.type] as (state: Application, event: Recorded<ApplicationEvent>) => Application;
  return apply(state, event);
}

/** The application as it is read after a correction of its log: nobody else has acted on it, so that is all there is. */
function readAnew(event: Recorded<ImportedCaseCorrected>): Application {
  const own = eventsAfter(event).filter(({ stream }) => stream === event.stream);
  const state = own.reduce<ApplicationState>(
    (before, one) => evolve(before, one as Recorded<ApplicationEvent>),
    ABSENT,
  );
  if (state.at === 'absent') throw new Error(`${event.stream}: a correction leaves nothing of the case`);
  return state;
}
