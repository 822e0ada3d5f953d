import {
  FIRST_STEP,
  newRound,
  type NextStep,
  nextStep,
  shownNumbers,
  type ShownNumbers,
  applications as applicationModel,
} from '#libs/county/approval';
import { dayOf, type WorkingCalendar } from '#libs/law/calendar';
import { type ReadModels } from '#libs/engine/event-sourcing';
import { type ProjectDocument } from './project.document.js';
import { followedRounds } from './rounds.js';

/** One application of a project with what it waits for. */
export type ProjectNextStep = ShownNumbers & {
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
  { applications, now }: Pick<ProjectDocument, 'applications'> & { readonly now: string },
): Promise<readonly ProjectNextStep[]> {
  const documents = await models.getMany(
    applicationModel,
    applications.map(({ application }) => application),
  );
  const day = dayOf(now);
  const followed = followedRounds(applications);
  return applications.map(({ application, matter, matterName }, index) => {
    const document = documents[index] ?? null;
    const own = { application, matter, matterName, ...shownNumbers(document, day) };
    if (document === null) return { ...own, next: FIRST_STEP };
    const again = followed.has(application) ? null : newRound(document, day);
    const next = nextStep(document, calendar) ?? again;
    return { ...own, next };
  });
}
