export { SightOf, sightOf } from '../sight.js';
export { mustSee, ofApplicant, ofDepartment, sees, seesAll, whoseList } from '../sight.table.js';
export { hiddenOf, seesApplication, seesProject } from '../cases.js';
