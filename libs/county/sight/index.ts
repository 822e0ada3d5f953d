export { type ActingMandate, actingMandates, coveredBy } from './mandates.js';
export { type Sight } from './sight.js';
export { type Whose } from './sight.table.js';
