export { DelegationGuard } from './delegation.guard.js';
export { DutyModule } from './duty.module.js';
