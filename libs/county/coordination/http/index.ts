export { RaiseJurisdictionDispute, RuleJurisdiction } from '../dispute.commands.js';
export { CoordinationModule } from './coordination.module.js';
export { MandateGuard } from './mandate.guard.js';
export { SessionPolicy } from '../session.policy.js';
