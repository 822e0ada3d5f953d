import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { isVaried, VARIABLE_RULES, type VariableRule, type Ways } from '../core/varied-rules.js';
import { type FastTrackGround, STATUTORY_RULES, type StatutoryRule } from './ways.events.js';
import { WAYS_MESSAGES } from './ways.messages.js';

const refuse = refusing(WAYS_MESSAGES);

const isVariable = (rule: VariableRule | StatutoryRule): rule is VariableRule =>
  VARIABLE_RULES.some((one) => one === rule);

/**
 * Special handling varies what the county made and never what a statute says: a licence granted in breach of the
 * procedure of law may be revoked (行政许可法 Art. 69(3)). Refused with the article in which the rule stands.
 */
export function ruleMustBeVariable(application: string, rule: VariableRule | StatutoryRule): VariableRule {
  if (isVariable(rule)) return rule;
  const { zh, article } = STATUTORY_RULES[rule];
  return refuse('application.rule-not-variable', { application, rule, ruleZh: zh }, 'state', article);
}

/** A rule is varied once: a second approval would hide who approved the first. */
export function ruleMustNotBeVariedYet(state: ApplicationFacts & Ways, rule: VariableRule): void {
  if (!isVaried(state, rule)) return;
  refuse('application.rule-varied-already', { application: state.application, rule }, 'state');
}

/** One fast track an application: a second would shorten the promise again and hide the first grantor. */
export function fastTrackMustBeNew({ application, fastTrack }: ApplicationFacts & Ways): void {
  if (fastTrack) refuse('application.fast-track-already', { application }, 'state');
}

/** A key project is one that was designated, with the leader responsible for it: nobody calls another so for one application. */
export function keyProjectMustBeOne(
  { application, project }: ApplicationFacts,
  ground: FastTrackGround,
  isKeyProject: boolean,
): void {
  if (ground !== 'key-project' || isKeyProject) return;
  refuse('application.not-a-key-project', { application, project }, 'state');
}

/** Ways through are opened by the county's leaders or the campaign office, for departments of every kind. */
export function mustBeGrantor(
  { application }: Pick<ApplicationFacts, 'application'>,
  { actor }: CommandMeta,
): void {
  if (actor.role === 'leader' || actor.role === 'campaign-office') return;
  refuse('application.not-a-grantor', { application, person: actor.person }, 'permission');
}
