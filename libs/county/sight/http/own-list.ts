import { invalid, notYours } from '#libs/shell/nest';
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

/**
 * The same of things that a department has to answer: a department is shown the open ones, where no status is said, and only
 * open ones can be overdue.
 * @throws HttpProblem 403, InvalidInput
 */
export function listToAnswer<Asked extends AskedFor & { readonly status: string | undefined }>(
  sight: Visibility,
  kind: Kind,
  asked: Asked,
  overdue: 'true' | undefined,
) {
  const of = whoseList(sight, kind, asked);
  const isOfDepartment = of !== null && 'department' in of && !seesAll(sight, kind);
  const status: Asked['status'] = asked.status ?? (isOfDepartment ? 'open' : undefined);
  if (overdue !== undefined && status !== 'open') {
    throw invalid('overdue', 'requires status=open', '须与 status=open 一并填写');
  }
  return { ...asked, ...of, status, overdue: overdue === 'true' };
}
