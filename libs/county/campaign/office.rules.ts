import { type Actor } from '#libs/engine/event-sourcing';
import { refuse } from './campaign.refusal.js';
import { type OfficeState, type OfficeTerm } from './office.events.js';

const includes = ({ from, until }: OfficeTerm, day: string): boolean =>
  from <= day && (until === null || day <= until);

/** Who runs the office on a legal day, in order of appointment. */
export function officeOn({ terms }: OfficeState, day: string): readonly OfficeTerm[] {
  return terms.filter((term) => includes(term, day));
}

/** A department is assigned once for a day. */
export function mustNotBeAssigned({ terms }: OfficeState, { department, from, until }: OfficeTerm): void {
  const other = terms.find(
    (term) =>
      term.department === department &&
      (until === null || term.from <= until) &&
      (term.until === null || from <= term.until),
  );
  if (other) refuse('campaign-office.assigned-already', { department, from: other.from }, 'state');
}

/** The last term of a department, which is the one that can end. */
export function mustBeAssigned({ terms }: OfficeState, department: string): OfficeTerm {
  const last = terms.findLast((term) => term.department === department);
  return last ?? refuse('campaign-office.never-assigned', { department }, 'state');
}

/**
 * A person with the role may use it only while their department runs the office. Before the first assignment, the role alone is
 * enough.
 *
 * @throws RuleViolation `campaign-office.not-assigned`
 */
export function departmentMustRunTheOffice(
  state: OfficeState,
  { person, department }: Actor,
  day: string,
): void {
  if (state.terms.every(({ from }) => day < from)) return;
  const running = officeOn(state, day).map((term) => term.department);
  if (department !== null && running.includes(department)) return;
  const params = { person, department: department ?? '—', day, departments: running.join(', ') || '—' };
  refuse('campaign-office.not-assigned', params, 'permission');
}
