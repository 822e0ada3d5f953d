import { type Visibility } from './sight.js';
import { sees, type Thing } from './sight.table.js';

/** As much of an application as says whose it is. */
export type ShownApplication = {
  readonly applicant: string | null;
  readonly project: string;
  /** Which decides; null for a joint matter. */
  readonly department: string | null;
  /** The department that holds it; absent if that is `department`. */
  readonly responsible?: string | null;
  /** Which are asked for their opinion. */
  readonly consultation?: { readonly asked: readonly string[] } | null | undefined;
};

const ofApplication = ({
  applicant,
  project,
  department,
  responsible = department,
  consultation,
}: ShownApplication): Thing => ({
  parties: [applicant],
  project,
  departments: [department, responsible, ...(consultation?.asked ?? [])],
});

/**
 * Applicants see their own; agents those of applicants who gave them a mandate; a department what it decides, holds or is
 * consulted on (and every joint matter), in its own name or in that of a department before it; overseers see all.
 */
export const seesApplication = (sight: Visibility, application: ShownApplication): boolean =>
  sees(sight, 'application', ofApplication(application));

/** As much of a project as says whose it is. */
export type ShownProject<Row extends ShownRow = ShownRow> = {
  readonly id: string;
  readonly applicant: string | null;
  readonly applications: readonly Row[];
};

/** An application in its project: what its own document says of whose it is, said again. */
type ShownRow = {
  readonly application: string;
  readonly department: string | null;
  /** Which were asked for their opinion; left out where none was. */
  readonly asked?: readonly string[];
  /** Left out where that is not known: then it is taken for one that was submitted. */
  readonly status?: string;
};

const rowSeen = (sight: Visibility, { id, applicant }: ShownProject, { department, asked = [] }: ShownRow) =>
  seesApplication(sight, { applicant, project: id, department, consultation: { asked } });

/** A project is seen by its applicant, and by everyone who sees one of its applications. */
export function seesProject(sight: Visibility, project: ShownProject): boolean {
  const { id, applicant, applications } = project;
  const own = { parties: [applicant], project: id, departments: [] };
  return sees(sight, 'project', own) || applications.some((row) => rowSeen(sight, project, row));
}

/**
 * Applications that a caller who sees the project may not see. A matter that was not submitted is not an application yet: it is
 * in the template, which is published.
 */
export function hiddenOf(sight: Visibility, project: ShownProject): readonly string[] {
  return project.applications
    .filter((row) => row.status !== 'not-submitted' && !rowSeen(sight, project, row))
    .map(({ application }) => application);
}
