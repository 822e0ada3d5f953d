import { isDay } from '#libs/law/calendar';
import { type JsonObject, RuleViolation, type ViolationKind } from '#libs/engine/event-sourcing';
import {
  type AssignDuty,
  type CatalogueFacts,
  type DutyFacts,
  type HeldPost,
  type PublishCatalogue,
} from './duty.commands.js';
import { type Responsible } from './duty.events.js';
import { type DutyViolation } from './duty.messages.js';

/** Matters named in a refusal; the list of gaps has all of them. */
const NAMED_AT_MOST = 20;

export function refuse(code: DutyViolation, params: JsonObject, kind: ViolationKind): never {
  throw new RuleViolation(code, params, kind);
}

export function mustBeADay(field: string, day: string): string {
  return isDay(day) ? day : refuse('duty.not-a-day', { field, day }, 'input');
}

/** Only matters in force have a responsible person. Null: a joint matter, any department's. */
export function matterMustBeInForce({ id }: AssignDuty, { matter }: DutyFacts): string | null {
  if (matter === null) return refuse('duty.unknown-matter', { matter: id }, 'absent');
  if (matter.at === 'abolished') return refuse('duty.matter-abolished', { matter: id }, 'state');
  return matter.department;
}

/** Heads name people for their own department; the campaign office and the administrator for all. */
export function headMustBeCompetent({ id, meta: { actor } }: AssignDuty, department: string | null): void {
  if (actor.role !== 'department-head' || department === null || actor.department === department) return;
  refuse('duty.not-your-department', { matter: id, department }, 'permission');
}

/** The responsible person holds a post on the first day, in the deciding department. */
export function personMustHoldAPost(
  { id, person }: AssignDuty,
  { held }: DutyFacts,
  day: string,
  department: string | null,
): HeldPost {
  if (held === null) return refuse('duty.no-post', { person, day }, 'input');
  if (department === null || held.department === department) return held;
  const params = { matter: id, department, person, other: held.department };
  return refuse('duty.other-department', params, 'input');
}

/** 一家牵头: the department that decides leads; a joint matter is led by whom it is given to. */
export function leadMustDecide(
  { id, lead }: AssignDuty,
  department: string | null,
  held: HeldPost,
  before: string | null,
): string {
  if (department === null) return lead ?? before ?? held.department;
  if ((lead ?? department) === department) return department;
  return refuse('duty.lead-decides', { matter: id, department, lead: lead ?? department }, 'input');
}

export function departmentsMustStand({ unknown }: DutyFacts): void {
  if (unknown.length > 0) {
    refuse('duty.unknown-departments', { departments: unknown.join(', ') }, 'input');
  }
}

/** A department leads a matter or contributes to it; it does not do both. */
export function coMustNotLead(co: readonly string[], lead: string): readonly string[] {
  if (co.includes(lead)) refuse('duty.lead-contributes', { field: 'co', lead }, 'input');
  return [...new Set(co)].sort();
}

/** A leader holds a post on the first day, in whatever department: a deputy county head is of the county. */
export function leaderMustHoldAPost(person: string, held: HeldPost | null, day: string): Responsible {
  if (held === null) return refuse('duty.no-post', { person, day }, 'input');
  return { department: held.department, post: held.post, person };
}

/** 凡事项必有责任人: no catalogue with a matter without a responsible person. */
export function everyMatterNeedsAPerson(
  { effectiveFrom: day }: PublishCatalogue,
  { unassigned }: CatalogueFacts,
): void {
  if (unassigned.length === 0) return;
  const more = unassigned.length > NAMED_AT_MOST ? ', …' : '';
  const matters = unassigned.slice(0, NAMED_AT_MOST).join(', ') + more;
  refuse('catalogue.unassigned-matters', { day, count: unassigned.length, matters }, 'state');
}
