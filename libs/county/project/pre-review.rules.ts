import { cited, licensing } from '#libs/law/citations';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type GivePreReview } from './pre-review.commands.js';
import { type OpenedApplication } from './opened-application.js';
import { type ProjectRegistered } from './project.events.js';
import { refuse } from './project.rules.js';

/** A project has the matters that apply to it, and no others. */
export function matterMustBeOpened(
  { project, applications }: Pick<ProjectRegistered['data'], 'project' | 'applications'>,
  matter: string,
): OpenedApplication {
  const opened = applications.find((one) => one.matter === matter);
  return opened ?? refuse('project.no-such-matter', { project, matter }, 'input');
}

/** Advice comes before the application. Once there is one, its clock runs, and nothing may be handled outside it (体外循环). */
export function matterMustNotBeSubmitted(project: string, matter: string, submitted: boolean): void {
  if (submitted) refuse('project.matter-submitted', { project, matter }, 'state', cited(licensing(32)));
}

/** The applicant asks, or an agent for them (行政许可法 Art. 29). */
export function mustBeItsApplicant(
  { project, applicant }: ProjectRegistered['data'],
  { actor, onBehalfOf }: CommandMeta,
): void {
  if (actor.role === 'applicant' && actor.person === applicant) return;
  if (actor.role === 'agent' && onBehalfOf?.person === applicant) return;
  refuse('project.not-the-applicant', { project, person: actor.person }, 'permission', cited(licensing(29)));
}

/** A department advises on its own matters; on a joint one any may. */
export function departmentMustHandleMatter(
  { id: project, matter, meta: { actor } }: GivePreReview,
  department: string | null,
): string {
  const own = actor.department;
  if (own !== null && (department === null || department === own)) return own;
  return refuse(
    'project.other-department',
    { project, matter, department: department ?? '—', actorDepartment: own ?? '—' },
    'permission',
    cited(licensing(22)),
  );
}
