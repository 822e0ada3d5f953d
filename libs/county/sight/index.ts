export { hiddenOf, seesApplication, seesProject } from './cases.js';
export { type ActingMandate, actingMandates, coveredBy, mandateFor } from './mandates.js';
export { sightOf, type Visibility } from './sight.js';
export { ofApplicant, ofDepartment, sees, seesAll, type Whose } from './sight.table.js';
