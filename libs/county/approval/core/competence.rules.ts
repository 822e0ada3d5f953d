import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type Facts } from './facts.js';
import { isApplicantSide } from './holder.js';
import { LICENSING_LAW, refuse } from './refuse.js';

/** A department acts on its own applications only; a joint matter (联办, Art. 26) is everybody's. */
export function departmentMustBeCompetent(
  { application, department }: Pick<Facts, 'application' | 'department'>,
  meta: CommandMeta,
): void {
  const own = meta.actor.department;
  if (!isApplicantSide(meta) && (department === null || own === department)) return;
  refuse(
    'application.other-department',
    { application, department: department ?? '—', actorDepartment: own ?? '—' },
    'permission',
    `${LICENSING_LAW} Art. 22`,
  );
}

/** The applicant acts, or an agent for them (行政许可法 Art. 29). */
export function mustBeTheApplicant(
  { application, applicant }: Pick<Facts, 'application' | 'applicant'>,
  { actor, onBehalfOf }: CommandMeta,
): void {
  if (actor.role === 'applicant' && actor.person === applicant) return;
  if (actor.role === 'agent' && onBehalfOf?.person === applicant) return;
  refuse(
    'application.not-the-applicant',
    { application, person: actor.person },
    'permission',
    `${LICENSING_LAW} Art. 29`,
  );
}

/** What the applicant hands in comes from the applicant, an agent, or the window of the department for them. */
export function mayHandIn(
  facts: Pick<Facts, 'application' | 'applicant' | 'department'>,
  meta: CommandMeta,
): void {
  if (isApplicantSide(meta)) mustBeTheApplicant(facts, meta);
  else departmentMustBeCompetent(facts, meta);
}

/** Anyone concerned may call on a higher level; those who watch over all departments are not bound to one. */
export function mayEscalate(facts: Facts, meta: CommandMeta): void {
  if (['supervisor', 'campaign-office', 'leader'].includes(meta.actor.role)) return;
  mayHandIn(facts, meta);
}

/** Timers are the system's own: no account has its role. */
export function onlyTheClockFires({ application }: Facts, { actor }: CommandMeta): void {
  if (actor.role === 'system') return;
  refuse('application.not-the-clock', { application, person: actor.person }, 'permission');
}
