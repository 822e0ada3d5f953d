import { hiddenOf, seesProject, type Visibility } from '#libs/county/sight';
import { type ProjectDocument } from './project.document.js';

/** A project as one person may see it, without the applications that are not shown to them; null where it is not theirs at all. */
export function shownTo(sight: Visibility, project: ProjectDocument): ProjectDocument | null {
  if (!seesProject(sight, project)) return null;
  const hidden = hiddenOf(sight, project);
  if (hidden.length === 0) return project;
  const isShown = ({ application }: { readonly application: string }) => !hidden.includes(application);
  return {
    ...project,
    applications: project.applications.filter(isShown),
    deviations: project.deviations.filter(isShown),
  };
}
