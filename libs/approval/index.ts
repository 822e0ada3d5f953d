export * from './approval.commands.js';
export * from './approval.events.js';
export * from './application.projection.js';
export * from './deadline.tally.js';
export * from './handling-time.js';
export * from './open-deadlines.js';
export * from './workload.tally.js';
export { applicantHolds, desk } from './approval.attribution.js';
export * from './custody.js';
export * from './custody-partition.js';
export * from './approval.messages.js';
export { type ApplicationState, type Stage, STAGES } from './approval.state.js';
export * from './approval.decider.js';
export * from './approval.upcasters.js';
export * from './request-supplement.handler.js';
export * from './signal.policy.js';
export * from './disputes.events.js';
export {
  type AssignJurisdiction,
  BETWEEN_DEPARTMENTS,
  type DisputeCommand,
  type HoldForDispute,
} from './disputes.rules.js';
export * from './signals.events.js';
export { type SignalTables } from './signals.rules.js';
export { sameReason } from './signals.trail.js';
export * from './worklist.query.js';
export * from './approval.tokens.js';
export * from './lookup.messages.js';
export * from './submit-application.handler.js';
export * from './approve-application.handler.js';
export * from './transfer-application.handler.js';
export * from './approval.controller.js';
export * from './approval.module.js';
