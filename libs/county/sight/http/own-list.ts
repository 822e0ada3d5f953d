import { notYours } from '#libs/shell/nest';
import { type Visibility } from '../sight.js';
import {
  type Kind,
  ofApplicant,
  ofDepartment,
  sees,
  seesAll,
  type Thing,
  type Whose,
} from '../sight.table.js';

/** @throws HttpProblem 403 */
export function mustSee(sight: Visibility, kind: Kind, thing: Thing): void {
  if (!sees(sight, kind, thing)) throw notYours();
}

export type AskedFor = {
  readonly applicant?: string | undefined;
  readonly department?: string | undefined;
};

/**
 * The list that is asked for, where one may see it; without a name, all for those who see all, else that of one's department
 * or one's own.
 * @throws HttpProblem 403
 */
export function whoseList(sight: Visibility, kind: Kind, { applicant, department }: AskedFor): Whose {
  if (applicant !== undefined) {
    mustSee(sight, kind, ofApplicant(applicant));
    return { applicant };
  }
  if (department !== undefined) {
    mustSee(sight, kind, ofDepartment(department));
    return { department };
  }
  if (seesAll(sight, kind)) return null;
  const [own] = sight.departments;
  return own === undefined ? { applicant: sight.actor.person } : { department: own };
}
