export {
  MATTER_CODE,
  PublishMatter,
  PublishTemplate,
  ReviseMatter,
  TEMPLATE_CODE,
} from '../catalogue.commands.js';
export { CatalogueFileError, parseDepartments, parseMatters, parseTemplates } from '../catalogue-file.js';
export { ChallengePolicy } from '../challenge.policy.js';
export { CatalogueModule } from './catalogue.module.js';
