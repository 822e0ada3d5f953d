export { ACTS } from './application/application.acts.js';
export { type ApplicationCommand } from './application/application.commands.js';
export { applicationDecider } from './application/application.decider.js';
export { type ApplicationEvent } from './application/application.events.js';
export { APPROVAL_MESSAGES } from './application/application.messages.js';
export {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from './application/application.runner.token.js';
export { applicationRunner } from './application/application.runner.js';
export { type Application, type ApplicationState, evolve } from './application/application.state.js';
export { APPROVAL_UPCASTERS } from './application/application.upcasters.js';
export { type FireTimer, type Timer, firing, policyMeta, timerId } from './application/timers.js';
export {
  isCounted,
  NUMBERED_DOCUMENTS,
  type NumberedDocument,
  type NumberRules,
  NUMBER_RULES,
} from './application/number-rules.js';
export { sameReason } from './application/trail.js';
export { changesDueDates } from './intake/intake.state.js';
export {
  excluded,
  materialsReceiptOf,
  noticeTermOf,
  presentDue,
  receiptOf,
  submissionOf,
} from './clock/due.js';
export { openConsultation } from './consultation/consultation.state.js';
export { BETWEEN_DEPARTMENTS, applicantHolds, desk } from './core/attribution.js';
export { INTERNAL_STEPS, type InternalStep, isSuspended, openSuspension } from './core/clock-facts.js';
export { type CustodyInterval, partitionCustody } from './core/custody-partition.js';
export { dutiesOf, type ExaminationDuty } from './core/examination.js';
export { ABSENT, isOver } from './core/facts.js';
export {
  type Custody,
  type Held,
  type Holder,
  isGovernment,
  sameHolder,
  stretchEnded,
  stretchParts,
} from './core/holder.js';
export { STAGE_EN, STAGE_ZH, type Stage } from './core/stage.js';
export { isLicence, noticeRule } from './core/kind.js';
export {
  type DueDates,
  ESCALATION_LEVELS,
  type EscalationLevel,
  type StoppedClock,
  type Terms,
} from './core/terms.js';
export { later } from './core/times.rules.js';
export {
  type ApplicationApproved,
  type ApplicationClosed,
  type ApplicationRefused,
  type ApplicationWithdrawn,
} from './decision/decision.events.js';
export { LOOKUP_MESSAGES } from './handlers/lookup.messages.js';
export { DeparturePolicy } from './handlers/departure.policy.js';
export { SuccessionPolicy } from './handlers/succession.policy.js';
export {
  type ApplicationReturned,
  type ApplicationTransferred,
  type StepRecorded,
} from './handling/handling.events.js';
export { COUNTER_HOURS, type CounterHours } from './intake/counter-hours.js';
export { FILE_PERSONAL_FIELDS } from './intake/file.personal.js';
export { type Opening } from './intake/intake.commands.js';
export { type ApplicationSubmitted } from './intake/intake.events.js';
export { type JurisdictionCommand } from './jurisdiction/disputes.commands.js';
export { type DisputedEvent } from './jurisdiction/disputes.events.js';
export { type ApplicationTakenOver } from './jurisdiction/succession.events.js';
export {
  type PermitIssued,
  type PermitRenewalApplied,
  type PermitRenewalRefused,
  type PermitRenewed,
  type PermitUsed,
} from './permit/permit.events.js';
export { lastDayOfUse, permitEndTimers, renewalRule } from './permit/permit-ends.js';
export { worksTimers } from './permit/works-stop.js';
export { isAnnounced } from './permit/permit.state.js';
export { isExpired } from './permit/rounds.rules.js';
export { type ApplicationDocument } from './read-models/application.document.js';
export { APPLICATION_EVENT_TYPES, applicationsUnder } from './read-models/application.projection.js';
export { type DeadlineDocument } from './read-models/deadline.tally.js';
export {
  type Counted,
  type Counts,
  handlingCounters,
  handlingTimes,
  quantileOf,
  stretchCounters,
} from './read-models/handling-time.js';
export { FIRST_STEP, newRound, type NextStep, nextStep } from './read-models/next-step.js';
export { acceptBy, type DaysLeft, daysLeft } from './read-models/shown-days.js';
export { type CaseNames, caseNames, type NamedHolder } from './read-models/shown-names.js';
export { shownNumbers, type ShownNumbers } from './read-models/shown-permit.js';
export { type Lamps, lampsAt } from './read-models/open-deadlines.js';
export { type OpinionDocument } from './read-models/opinion.tally.js';
export {
  DAYS_COUNTER,
  type OutcomeDocument,
  outcomeId,
  USED_DAYS_COUNTER,
} from './read-models/outcome.tally.js';
export { type ServiceDocument } from './read-models/service.tally.js';
export {
  type LegalStep,
  type SkippedStepsDocument,
  hasLegalStep,
  skippedSteps,
} from './read-models/skipped-steps.js';
export { WORKLOAD_LEVELS, type WorkLabels, type WorkloadLevel } from './read-models/work-lines.js';
export { type WorklistItem, withLamp } from './read-models/worklist.filter.js';
export { type WorklistQuery, findApplication, worklist } from './read-models/worklist.query.js';
export { ALL_TIME, type WorkloadDocument } from './read-models/workload.tally.js';
export { withCorrectedImports } from './read-models/retelling.js';
export {
  type ImportedCaseCorrected,
  type ImportedChange,
  type ReadEvent,
  type Reading,
} from './record/imported-case.events.js';
export { eventsAfter, importedCase } from './record/imported-case.js';
export { type Stars } from './record/rating.events.js';
export { SIGNAL_SETTINGS, type SignalSettings } from './signals/signal-settings.js';
export { type FlagIdleHolder } from './signals/signals.commands.js';
export {
  type IdleHolderFlagged,
  SIGNALS,
  type SignalEvent,
  everySignal,
  isSignal,
} from './signals/signals.events.js';
export { openDeficiency } from './ways/deficiency.state.js';
export { applicationFiles } from './read-models/files.projection.js';
export { isContentNamed } from './read-models/files.query.js';
export { applications } from './read-models/application.document.js';
export { deadlineTally } from './read-models/deadline.tally.js';
export { opinions } from './read-models/opinion.tally.js';
export { outcomes } from './read-models/outcome.tally.js';
export { SAVED_BY, type SavedBy, savedMaterials } from './read-models/saved-materials.tally.js';
export { serviceTally } from './read-models/service.tally.js';
export { skippedStepsTally } from './read-models/skipped-steps.js';
export { workloadTally } from './read-models/workload.tally.js';
