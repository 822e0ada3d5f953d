export { GivePreReview, RequestPreReview } from '../pre-review.commands.js';
export { SubmitStage } from '../stage-submission.commands.js';
export { applicantMustBeNamed, stageMustExist } from '../project.rules.js';
export {
  CorrectApplicant,
  DesignateKeyProject,
  NameApplicant,
  RegisterProject,
  TagProject,
} from '../project.commands.js';
export { applicationId } from '../open-applications.js';
export { ProjectModule } from '../project.module.js';
