import {
  type AdviceFacts,
  type GivePreReview,
  type RequestPreReview,
  type SubmittedFacts,
} from './pre-review.commands.js';
import { type PreReviewGiven, type PreReviewRequested } from './pre-review.events.js';
import * as rules from './pre-review.rules.js';
import { type ProjectRegistered } from './project.events.js';

export function requestPreReview(
  project: ProjectRegistered['data'],
  command: RequestPreReview,
  { submitted }: SubmittedFacts,
): PreReviewRequested {
  const { id, matter, question, materials = [], meta } = command;
  rules.mustBeItsApplicant(project, meta);
  rules.matterMustBeOpened(project, matter);
  rules.matterMustNotBeSubmitted(id, matter, submitted);
  return { type: 'PreReviewRequested', version: 1, data: { project: id, matter, question, materials } };
}

export function givePreReview(
  project: ProjectRegistered['data'],
  asked: readonly string[],
  command: GivePreReview,
  { competent, submitted }: AdviceFacts,
): PreReviewGiven {
  const { id, matter, opinion, toPrepare = [] } = command;
  rules.matterMustBeOpened(project, matter);
  const department = rules.departmentMustHandleMatter(command, competent);
  rules.matterMustNotBeSubmitted(id, matter, submitted);
  return {
    type: 'PreReviewGiven',
    version: 1,
    data: { project: id, matter, department, opinion, toPrepare, asked: asked.includes(matter) },
  };
}
