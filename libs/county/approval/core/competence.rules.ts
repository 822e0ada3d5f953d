import { cited, licensing } from '#libs/law/citations';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type ApplicationFacts } from './facts.js';
import { isApplicantSide } from './holder.js';
import { refusing } from './refuse.js';
import { CORE_MESSAGES } from './core.messages.js';

const refuse = refusing(CORE_MESSAGES);

/** A department acts on its own applications only; a joint matter (联办, Art. 26) is everybody's. */
export function departmentMustBeCompetent(
  facts: Pick<ApplicationFacts, 'application' | 'department'>,
  meta: CommandMeta,
): void {
  if (isCompetent(facts, meta)) return;
  const { application, department } = facts;
  refuse(
    'application.other-department',
    { application, department: department ?? '—', actorDepartment: meta.actor.department ?? '—' },
    'permission',
    cited(licensing(22)),
  );
}

export const isCompetent = (
  { department }: Pick<ApplicationFacts, 'department'>,
  meta: CommandMeta,
): boolean => !isApplicantSide(meta) && (department === null || meta.actor.department === department);

/** The applicant acts, or an agent for them (行政许可法 Art. 29). */
export function mustBeTheApplicant(
  { application, applicant }: Pick<ApplicationFacts, 'application' | 'applicant'>,
  { actor, onBehalfOf }: CommandMeta,
): void {
  if (actor.role === 'applicant' && actor.person === applicant) return;
  if (actor.role === 'agent' && onBehalfOf?.person === applicant) return;
  refuse(
    'application.not-the-applicant',
    { application, person: actor.person },
    'permission',
    cited(licensing(29)),
  );
}

/**
 * What the applicant hands in, first or later, comes from the applicant, an agent, or the window of the department, or of one
 * that receives for it.
 */
export function mayHandIn(
  facts: Pick<ApplicationFacts, 'application' | 'applicant' | 'department' | 'receivedBy'>,
  meta: CommandMeta,
): void {
  if (isApplicantSide(meta)) mustBeTheApplicant(facts, meta);
  else if (!isReceiver(facts, meta)) departmentMustBeCompetent(facts, meta);
}

/** Whether the actor's department takes in applications for the one that decides, as a township does (城乡规划法 Art. 41). */
export const isReceiver = (
  { receivedBy = [] }: Pick<ApplicationFacts, 'receivedBy'>,
  { actor }: CommandMeta,
): boolean => actor.department !== null && receivedBy.includes(actor.department);

/** Timers are the system's own: no account has its role. */
export function onlyTheClockFires({ application }: ApplicationFacts, { actor }: CommandMeta): void {
  if (actor.role === 'system') return;
  refuse('application.not-the-clock', { application, person: actor.person }, 'permission');
}
