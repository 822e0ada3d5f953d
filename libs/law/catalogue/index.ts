export {
  APPROVAL_LINES,
  type ApprovalLine,
  type JurisdictionNoted,
  type MatterDefinition,
  type MatterOpinion,
  type StageOpinions,
  type TemplateDefinition,
  type TemplateStage,
} from './catalogue.events.js';
export { type MatterKind } from './matter-kind.js';
export {
  type ExtensionRule,
  extensionOf,
  JOINT_EXTENSION,
  type NoticeRule,
  type RenewalRule,
  STATUTORY_EXTENSION,
  STATUTORY_NOTICE,
  STATUTORY_RENEWAL,
  STATUTORY_SUSPENSIONS,
  statutoryTermOf,
  type SuspensionRule,
  suspensionsOf,
  type UseRule,
} from './matter-clock.js';
export { CATALOGUE_MESSAGES } from './catalogue.messages.js';
export { matterOn, type MatterVersion } from './matter.state.js';
export { type WrittenMatter } from './catalogue-file.js';
export { type Doer, type MatterDocument, matters } from './matter.projection.js';
export { templates } from './template.projection.js';
export {
  EVERYWHERE,
  PROJECT_REGION,
  REGION,
  linesOfRegions,
  regionAndAncestors,
  regionRange,
} from './region.js';
export { mattersInForce } from './catalogue.query.js';
export {
  MATTER_RUNNER,
  MATTER_STREAM,
  type MatterRunner,
  TEMPLATE_RUNNER,
  TEMPLATE_STREAM,
  type TemplateRunner,
} from './catalogue.tokens.js';
export { type ProcessChanges, type ProposedMatter, proposedProcess } from './proposed-process.js';
export { type CriticalPath, criticalPath, inWorkingDays, limitOf } from './template-analysis.js';
export { rankCompression } from './compression.query.js';
export {
  type Answers,
  isAnswer,
  type Judged,
  judgedMatter,
  proposeMatters,
  QUESTIONNAIRE,
  type Questionnaire,
} from './questionnaire.js';
export { questionnaireOf } from './questionnaire-file.js';
export { CHALLENGE_MESSAGES } from './challenge.messages.js';
export { challenges } from './challenge.projection.js';
export { CHALLENGE_RUNNER, type ChallengeRunner } from './challenge.tokens.js';
export { mattersOn, templateVersions } from './versions.query.js';
