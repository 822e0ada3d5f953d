export * from './application/application.commands.js';
export * from './application/application.events.js';
export * from './clock/clock.commands.js';
export * from './clock/clock.events.js';
export * from './clock/clock.state.js';
export * from './clock/due.js';
export * from './ways/commitment.commands.js';
export * from './ways/commitment.events.js';
export * from './consultation/consultation.commands.js';
export * from './consultation/consultation.events.js';
export { openConsultation } from './consultation/consultation.state.js';
export * from './ways/deficiency.commands.js';
export * from './ways/deficiency.events.js';
export { openDeficiency } from './ways/deficiency.state.js';
export * from './decision/immediate.commands.js';
export * from './handling/issue.commands.js';
export * from './handling/issue.events.js';
export * from './permit/permit.commands.js';
export * from './permit/permit.events.js';
export * from './record/rating.commands.js';
export * from './record/rating.events.js';
export { isAnnounced } from './permit/permit.state.js';
export * from './record/record.commands.js';
export * from './record/record.events.js';
export * from './ways/ways.commands.js';
export * from './ways/ways.events.js';
export * from './read-models/application.document.js';
export * from './read-models/application.projection.js';
export * from './read-models/deadline.tally.js';
export * from './read-models/handling-time.js';
export { legalDayBefore } from './clock/legal-day.js';
export * from './read-models/next-step.js';
export * from './application/application.runner.js';
export * from './application/timers.js';
export * from './read-models/open-deadlines.js';
export * from './read-models/opinion.tally.js';
export * from './read-models/outcome.tally.js';
export { type Procedure } from './read-models/procedure.js';
export * from './read-models/service.tally.js';
export { WORKLOAD_LEVELS, type WorkLabels, type WorkloadLevel } from './read-models/work-lines.js';
export * from './read-models/skipped-steps.js';
export * from './read-models/workload.tally.js';
export { applicantHolds, BETWEEN_DEPARTMENTS, desk } from './core/attribution.js';
export * from './core/holder.js';
export * from './core/custody-partition.js';
export * from './application/application.messages.js';
export { isOver, STAGE_ZH } from './application/application.acts.js';
export {
  ABSENT,
  type ApplicationState,
  evolve,
  type Existing,
  later,
  type Stage,
  STAGES,
} from './application/application.state.js';
export * from './application/application.decider.js';
export * from './application/application.upcasters.js';
export * from './handlers/request-supplement.handler.js';
export * from './signals/signal-settings.js';
export * from './jurisdiction/disputes.events.js';
export {
  type AssignJurisdiction,
  type DisputeCommand,
  type HoldForDispute,
} from './application/disputing.js';
export * from './jurisdiction/succession.events.js';
export * from './handlers/succession.policy.js';
export * from './signals/signals.events.js';
export { type SignalTables } from './application/signalling.js';
export { sameReason } from './signals/signals.trail.js';
export {
  type ApplicationAnswer,
  findApplication,
  withLamp,
  type Worklist,
  worklist,
  type WorklistItem,
  type WorklistOf,
  type WorklistQuery,
} from './read-models/worklist.query.js';
export { type ActingMandate, coveredBy } from './read-models/agency.query.js';
export { maySee, type Sight } from './read-models/sight.query.js';
export * from './application/application.runner.token.js';
export * from './handlers/lookup.messages.js';
export * from './handlers/submit-application.handler.js';
export * from './handlers/approve-application.handler.js';
export * from './handlers/transfer-application.handler.js';
export * from './handlers/submit-stage.handler.js';
export * from './read-models/applications.controller.js';
export * from './approval.module.js';
