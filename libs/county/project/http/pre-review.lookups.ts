import { competentOn } from '#libs/county/identity';
import { dayOf } from '#libs/law/calendar';
import { lookup } from '#libs/shell/nest';
import { applicationId } from '../application-id.js';
import { GivePreReview, RequestPreReview } from '../pre-review.commands.js';
import { PROJECT_STREAM } from '../project.tokens.js';
import { type ProjectStores } from './project-stores.js';

/** The project's stream keeps the advice; whether the matter is applied for already, only its applications' streams know. */
const isSubmitted = async (
  { id, matter, meta }: RequestPreReview | GivePreReview,
  { applications }: ProjectStores,
): Promise<boolean> =>
  (await applications.toSubmit(applicationId(id, matter), dayOf(meta.occurredAt))) === null;

export const preReviewRequest = lookup(RequestPreReview, async (command, stores: ProjectStores) => ({
  submitted: await isSubmitted(command, stores),
}));

/** After a reform the matter of a project that was opened before it is the successor's. */
export const preReview = lookup(GivePreReview, async (command, stores: ProjectStores) => {
  const { state } = await stores.projects.load(PROJECT_STREAM + command.id);
  const opened =
    state.at === 'registered'
      ? state.registered.applications.find(({ matter }) => matter === command.matter)
      : null;
  const day = dayOf(command.meta.now);
  return {
    submitted: await isSubmitted(command, stores),
    competent: await competentOn(stores.departments, opened?.department ?? null, day),
  };
});
