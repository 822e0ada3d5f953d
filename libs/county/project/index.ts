export { ProjectApplications, type StageApplication } from './project-applications.js';
export { type OpenedApplication } from './opened-application.js';
export {
  type ApplicantCorrected,
  type ApplicantNamed,
  CAMPAIGNS,
  type Campaign,
  type ProjectEvent,
  type ProjectRegistered,
} from './project.events.js';
export {
  applicationId,
  firstRoundOf,
  matterOfApplication,
  nextRoundOf,
  previousRoundOf,
  projectOfApplication,
  roundOfApplication,
} from './application-id.js';
export { type ProjectMatterAdded, type ProjectMatterStruck } from './project-matters.events.js';
export { placed, withWaiting } from './project-plan.js';
export { PROJECT_MESSAGES } from './project.messages.js';
export { PROJECT_UPCASTERS } from './project.upcasters.js';
export { type ProjectState } from './project.state.js';
export { PROJECT_CODE_CHECK, PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from './project.tokens.js';
export { CODE_CHECKS, type CodeCheck } from './project-code.js';
export { registeredProjects } from './project-codes.js';
export { applicantMustBeNamed } from './project.rules.js';
