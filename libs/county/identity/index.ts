export { ACCOUNT_PERSONAL_FIELDS } from './account.personal.js';
export { type AccountState, postOn } from './account.state.js';
export { accountDecider } from './account.decider.js';
export { type AccountDocument, accounts, departureFrom } from './account.projection.js';
export { ORGANISATION_PERSONAL_FIELDS } from './organisation.personal.js';
export { organisations } from './organisation.projection.js';
export { accountsOf, type NamedOrganisation, organisationOf } from './organisation.query.js';
export { departments } from './department.projection.js';
export { type DepartmentNames, type Names, namesOf } from './names.query.js';
export { type Succession, currentDepartments, departmentsOf, successionsUntil } from './department.query.js';
export { IDENTITY_MESSAGES } from './identity.messages.js';
export { REFERENCE_MESSAGES } from './reference.messages.js';
export {
  ACCOUNT_RUNNER,
  type AccountRunner,
  DEPARTMENT_RUNNER,
  type DepartmentRunner,
} from './identity.tokens.js';
export {
  competentOn,
  departmentOn,
  departmentStands,
  departmentsNotStanding,
} from './standing-departments.js';
export { jwtSecretOf } from './jwt-secret.js';
export { type OidcConfig } from './oidc.js';
export { type OidcClient } from './provider-sign-in.js';
export { type SessionLimits } from './sessions.js';
export { ACCOUNT_STREAM, AccountDirectory } from './account-directory.js';
