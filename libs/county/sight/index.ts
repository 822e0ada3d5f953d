export { type ActingMandate, coveredBy, mandatesOf } from './mandates.js';
export { type Sight, SightOf, sightOf } from './sight.js';
export {
  mustSee,
  ofApplicant,
  ofDepartment,
  sees,
  seesAll,
  type Thing,
  type Whose,
  whoseList,
} from './sight.table.js';
export { hiddenOf, seesApplication, seesProject, type ShownApplication } from './cases.js';
