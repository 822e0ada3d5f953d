export { RaiseJurisdictionDispute, RuleJurisdiction } from '../dispute.commands.js';
export { CoordinationModule } from './coordination.module.js';
export { SessionPolicy } from '../session.policy.js';
