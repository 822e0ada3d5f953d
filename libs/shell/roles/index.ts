import { type Actor } from '#libs/engine/event-sourcing';

/** What people may be. One account has one role; a person acts only for the department held on that day. */
export const ROLES = [
  'applicant',
  'agent',
  'window',
  'reviewer',
  'department-head',
  'supervisor',
  'leader',
  'campaign-office',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

/** Those outside of the administration. */
const OUTSIDE: readonly string[] = ['applicant', 'agent'] satisfies readonly Role[];

export const isOutside = (role: string): boolean => OUTSIDE.includes(role);

/** Those who work on applications in a department. */
export const CASE_WORKERS = ['window', 'reviewer', 'department-head'] as const satisfies readonly Role[];

/** Those who act for an office, and only while holding a post in it. */
export const STAFF = [
  ...CASE_WORKERS,
  'supervisor',
  'leader',
  'campaign-office',
] as const satisfies readonly Role[];

/** Who looks at everything: audits, reports and every application. */
export const OVERSEERS = [
  'supervisor',
  'leader',
  'campaign-office',
  'admin',
] as const satisfies readonly Role[];

/** True for a member of staff who holds no post today: only an administrator has power by the account alone. */
export function isWithoutPost({ role, department }: Actor): boolean {
  return department === null && STAFF.some((one) => one === role);
}

export function oversees(actor: Actor): boolean {
  return OVERSEERS.some((role) => role === actor.role) && !isWithoutPost(actor);
}
