import { type QueryBus } from '@nestjs/cqrs';
import { seesProject, type Visibility } from '#libs/county/sight';
import { SightOf } from '#libs/county/sight/http';
import { type Actor } from '#libs/engine/event-sourcing';
import { notFound, notYours, question } from '#libs/shell/nest';
import { type ProjectDocument } from '../project/project.document.js';
import { findProject } from '../project/project.query.js';

const FindProject = question(({ models }, id: string) => findProject(models, id));

/**
 * A project whole, as it is today, and the sight of who asks for it: what of it they are shown is for the caller to say.
 * @throws HttpProblem 404 if there is no such project, 403 if it is not theirs
 */
export async function visibleProject(
  queries: QueryBus,
  id: string,
  actor: Actor,
): Promise<{ readonly project: ProjectDocument; readonly sight: Visibility }> {
  const project = await queries.execute(FindProject.of(id));
  if (project === null) throw notFound();
  const sight = await queries.execute(SightOf.of(actor));
  if (!seesProject(sight, project)) throw notYours();
  return { project, sight };
}
