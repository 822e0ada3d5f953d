export { MATTER_CODE, PublishMatter, ReviseMatter } from '../catalogue.commands.js';
export { PublishTemplate, TEMPLATE_CODE } from '../template.commands.js';
export { CatalogueFileError, parseDepartments, parseMatters, parseTemplates } from '../catalogue-file.js';
export { ChallengePolicy } from '../challenge.policy.js';
export { CatalogueModule } from './catalogue.module.js';
