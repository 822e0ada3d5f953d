import { FIRST_STEP, type NextStep, nextStep, applications as applicationModel } from '#libs/county/approval';
import { type WorkingCalendar } from '#libs/law/calendar';
import { type ReadModels } from '#libs/engine/event-sourcing';
import { type ProjectDocument } from './project.document.js';

/** One application of a project with what it waits for. */
export type ProjectNextStep = {
  readonly application: string;
  readonly matter: string;
  readonly matterName: string;
  /** Never null while anything is left to do; see `nextStep`. */
  readonly next: NextStep | null;
};

type Sources = { readonly models: ReadModels; readonly calendar: WorkingCalendar };

/** Every application of a project, in the order of its stages, with who acts next and what the applicant has to do. */
export async function projectNextSteps(
  { models, calendar }: Sources,
  { applications }: Pick<ProjectDocument, 'applications'>,
): Promise<readonly ProjectNextStep[]> {
  const documents = await models.getMany(
    applicationModel,
    applications.map(({ application }) => application),
  );
  return applications.map(({ application, matter, matterName }, index) => {
    const document = documents[index] ?? null;
    const next = document === null ? FIRST_STEP : nextStep(document, calendar);
    return { application, matter, matterName, next };
  });
}
