import { departmentsOf } from '#libs/county/identity';
import { type Actor, type ReadModels } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { oversees } from '#libs/shell/nest';
import { type ActingMandate, coveredBy, mandatesOf } from './agency.query.js';
import { type ApplicationDocument } from './application.document.js';

/** In whose place somebody may look, besides their own. */
export type Sight = {
  /** Mandates that an agent holds now. */
  readonly mandates: readonly ActingMandate[];
  /** Departments whose business is that of the actor's: itself, and those it has taken over from; empty for nobody's. */
  readonly departments: readonly string[];
};

type Sources = { readonly models: Pick<ReadModels, 'find'>; readonly now: () => string };

export async function sightOf(sources: Sources, actor: Actor): Promise<Sight> {
  const mandates = await mandatesOf(sources, actor);
  const { department } = actor;
  if (department === null || oversees(actor)) return { mandates, departments: [] };
  return { mandates, departments: await departmentsOf(sources.models, department, dayOf(sources.now())) };
}

/**
 * Applicants see their own, agents those of whom they hold a mandate, a department what it decides, holds or is consulted on
 * (a joint matter is everybody's), in its own name or in that of a department before it; overseers see all.
 */
export function maySee(
  actor: Actor,
  application: Pick<
    ApplicationDocument,
    'applicant' | 'project' | 'department' | 'responsible' | 'consultation'
  >,
  { mandates, departments }: Sight,
): boolean {
  if (oversees(actor) || application.applicant === actor.person) return true;
  if (coveredBy(mandates, application)) return true;
  if (actor.department === null) return false;
  const concerned = [application.department, application.responsible];
  return (
    concerned.includes(null) ||
    departments.some((one) => concerned.includes(one) || application.consultation?.asked.includes(one))
  );
}
