export { RegisterOrganisation } from '../organisation.commands.js';
export { ChangePassword, CloseAccount, OpenAccount, RegisterCreditCode } from '../account.commands.js';
export { EstablishDepartment, ReassignWork } from '../department.commands.js';
export { type WorkReassigned } from '../department.events.js';
export { DEPARTMENT_STREAM } from '../identity.tokens.js';
export { LocalTokens } from '../tokens.js';
export { Sessions } from '../sessions.js';
export { PasswordChangeGuard } from './password-change.guard.js';
export { IDENTITY_CONFIG, type IdentityConfig, IdentityModule } from './identity.module.js';
