import { linesOfRegions } from '#libs/law/catalogue';
import { type Additions, type Tally, type TallyDocument } from '#libs/engine/event-sourcing';
import { type ProjectDocument } from './project.document.js';

/**
 * Totals of one region, everything below it included. Id: the region's code, `000000` for all. Counters: `projects`,
 * `open`, `completed`, and of these `completedWithTerm` (a promised term that ran out or was kept) and `completedLate`, `keyProjects`; `applications` (opened), `submitted`, `ended`, `granted`,
 * `refused`, `lateApplications`.
 */
export type OverviewDocument = TallyDocument & { readonly region: string };

export type Measures = {
  projects: number;
  open: number;
  completed: number;
  completedLate: number;
  completedWithTerm: number;
  keyProjects: number;
  applications: number;
  submitted: number;
  ended: number;
  granted: number;
  refused: number;
  lateApplications: number;
};

/** What no project at all counts for. */
export const NO_PROJECTS: Readonly<Measures> = {
  projects: 0,
  open: 0,
  completed: 0,
  completedLate: 0,
  completedWithTerm: 0,
  keyProjects: 0,
  applications: 0,
  submitted: 0,
  ended: 0,
  granted: 0,
  refused: 0,
  lateApplications: 0,
};

/** What one project counts for. */
export function measures(project: ProjectDocument): Measures {
  const completed = project.status === 'completed';
  const sums: Measures = {
    ...NO_PROJECTS,
    projects: 1,
    open: completed ? 0 : 1,
    completed: completed ? 1 : 0,
    completedLate: completed && project.late ? 1 : 0,
    completedWithTerm: completed && project.applications.some(({ late }) => late !== null) ? 1 : 0,
    keyProjects: project.keyProject === null ? 0 : 1,
    applications: project.applications.length,
  };
  const count = (counter: keyof Measures, holds: boolean) => {
    if (holds) sums[counter] += 1;
  };
  for (const { status, outcome, late } of project.applications) {
    count('submitted', status !== 'not-submitted');
    count('ended', status === 'ended');
    count('granted', outcome === 'granted');
    count('refused', outcome === 'refused');
    count('lateApplications', late === true);
  }
  return sums;
}

/** The overview is a difference of what each project counts for, before an event and after it. */
export const overviewTally: Tally<ProjectDocument, OverviewDocument> = {
  model: 'overview',
  indexes: {},
  contributions(before, after) {
    const was = before ? measures(before) : NO_PROJECTS;
    const add = differences(was, measures(after));
    return add.length === 0 ? [] : [{ lines: linesOfRegions(after.region), add }];
  },
};

/** What has to be added to one to make it the other. */
export function differences(was: Readonly<Measures>, is: Readonly<Measures>): Additions {
  return (Object.keys(NO_PROJECTS) as (keyof Measures)[])
    .map((counter) => [counter, is[counter] - was[counter]] as const)
    .filter(([, difference]) => difference !== 0);
}
