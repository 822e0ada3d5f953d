import { isExpired } from '#libs/county/approval';
import { hiddenOf, seesProject, type Visibility } from '#libs/county/sight';
import { type Day } from '#libs/law/calendar';
import { type ProjectApplication, type ProjectDocument } from './project.document.js';

/** What became of a permit by time alone: nobody puts on record that its last day is over. */
function onDay(application: ProjectApplication, day: Day): ProjectApplication {
  const { outcome, validUntil, renewing: renewal } = application;
  return outcome === 'granted' && isExpired({ validUntil, renewal }, day)
    ? { ...application, outcome: 'expired' }
    : application;
}

/** A project as one person may see it on a legal day; null where it is not theirs at all. */
export function shownTo(sight: Visibility, project: ProjectDocument, day: Day): ProjectDocument | null {
  return seesProject(sight, project) ? shownPart(sight, project, day) : null;
}

/** A project of one's own on a legal day, without the applications that are not shown to who asks. */
export function shownPart(sight: Visibility, project: ProjectDocument, day: Day): ProjectDocument {
  const hidden = hiddenOf(sight, project);
  const isShown = ({ application }: { readonly application: string }) => !hidden.includes(application);
  return {
    ...project,
    applications: project.applications.filter(isShown).map((one) => onDay(one, day)),
    deviations: project.deviations.filter(isShown),
  };
}
