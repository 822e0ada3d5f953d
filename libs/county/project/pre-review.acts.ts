import { type GivePreReview, type RequestPreReview } from './pre-review.commands.js';
import { type PreReviewGiven, type PreReviewRequested } from './pre-review.events.js';
import * as rules from './pre-review.rules.js';
import { type ProjectRegistered } from './project.events.js';

export function requestPreReview(
  project: ProjectRegistered['data'],
  command: RequestPreReview,
): PreReviewRequested {
  const { id, matter, question, materials = [], submitted, meta } = command;
  rules.mustBeItsApplicant(project, meta);
  rules.matterMustBeOpened(project, matter);
  rules.matterMustNotBeSubmitted(id, matter, submitted);
  return { type: 'PreReviewRequested', version: 1, data: { project: id, matter, question, materials } };
}

export function givePreReview(
  project: ProjectRegistered['data'],
  asked: readonly string[],
  command: GivePreReview,
): PreReviewGiven {
  const { id, matter, opinion, toPrepare = [], submitted } = command;
  rules.matterMustBeOpened(project, matter);
  const department = rules.departmentMustHandleMatter(command);
  rules.matterMustNotBeSubmitted(id, matter, submitted);
  return {
    type: 'PreReviewGiven',
    version: 1,
    data: { project: id, matter, department, opinion, toPrepare, asked: asked.includes(matter) },
  };
}
