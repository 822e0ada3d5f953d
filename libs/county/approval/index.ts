export * from './approval.commands.js';
export * from './approval.events.js';
export * from './approval.clock-commands.js';
export * from './approval.clock-events.js';
export * from './approval.clock-state.js';
export * from './approval.due.js';
export * from './commitment.commands.js';
export * from './commitment.events.js';
export * from './consultation.commands.js';
export * from './consultation.events.js';
export { openConsultation } from './consultation.state.js';
export * from './deficiency.commands.js';
export * from './deficiency.events.js';
export { openDeficiency } from './deficiency.state.js';
export * from './immediate.commands.js';
export * from './issue.commands.js';
export * from './issue.events.js';
export * from './permit.commands.js';
export * from './permit.events.js';
export * from './rating.commands.js';
export * from './rating.events.js';
export { isAnnounced } from './permit.state.js';
export * from './record.commands.js';
export * from './record.events.js';
export * from './ways.commands.js';
export * from './ways.events.js';
export * from './application.document.js';
export * from './application.projection.js';
export * from './deadline.tally.js';
export * from './handling-time.js';
export { legalDayBefore } from './legal-day.js';
export * from './next-step.js';
export * from './application-runner.js';
export * from './due-timers.js';
export * from './open-deadlines.js';
export * from './opinion.tally.js';
export * from './outcome.tally.js';
export { type Procedure } from './procedure.js';
export * from './service.tally.js';
export { WORKLOAD_LEVELS, type WorkLabels, type WorkloadLevel } from './work-lines.js';
export * from './skipped-steps.js';
export * from './workload.tally.js';
export { applicantHolds, BETWEEN_DEPARTMENTS, desk } from './approval.attribution.js';
export * from './custody.js';
export * from './custody-partition.js';
export * from './approval.messages.js';
export { isOver, STAGE_ZH } from './approval.rules.js';
export {
  ABSENT,
  type ApplicationState,
  evolve,
  type Existing,
  later,
  type Stage,
  STAGES,
} from './approval.state.js';
export * from './approval.decider.js';
export * from './approval.upcasters.js';
export * from './request-supplement.handler.js';
export * from './signal.policy.js';
export * from './disputes.events.js';
export { type AssignJurisdiction, type DisputeCommand, type HoldForDispute } from './disputes.rules.js';
export * from './succession.events.js';
export * from './succession.policy.js';
export * from './signals.events.js';
export { type SignalTables } from './signals.rules.js';
export { sameReason } from './signals.trail.js';
export {
  type ApplicationAnswer,
  findApplication,
  withLamp,
  type Worklist,
  worklist,
  type WorklistItem,
  type WorklistOf,
  type WorklistQuery,
} from './worklist.query.js';
export { type ActingMandate, coveredBy } from './agency.query.js';
export { maySee, type Sight } from './sight.query.js';
export * from './approval.tokens.js';
export * from './lookup.messages.js';
export * from './submit-application.handler.js';
export * from './approve-application.handler.js';
export * from './transfer-application.handler.js';
export * from './submit-stage.handler.js';
export * from './approval.controller.js';
export * from './approval.module.js';
