export { type ActingMandate, actingMandates, coveredBy } from './mandates.js';
export { type Visibility } from './sight.js';
export { type Whose } from './sight.table.js';
