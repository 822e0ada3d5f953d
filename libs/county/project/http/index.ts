export { AllowedProjectActs } from './allowed-project-acts.js';
export { namingFacts } from './applicant.handler.js';
export { DesignateKeyProject, NameApplicant, RegisterProject, TagProject } from '../project.commands.js';
export { ProjectModule } from './project.module.js';
