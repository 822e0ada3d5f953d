import { cited, licensing } from '#libs/law/citations';
import {
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/engine/event-sourcing';
import {
  type AnswerChallenge,
  type ChallengeTarget,
  type AnswererFacts,
  type ChallengeFacts,
  type ChallengeThreshold,
  type ConfirmWithdrawal,
  type WithdrawCondition,
} from './challenge.commands.js';
import { type Proposal } from './catalogue.rules.js';
import { type Condition, type ConditionKind } from './challenge.events.js';
import { type ChallengeViolation } from './challenge.messages.js';
import { type MatterDefinition } from './catalogue.events.js';

/**
 * Working days a department has to answer. The county's own rule: no law sets one. Unanswered past it, a challenge shows
 * as overdue and may be taken to the leaders.
 */
export const ANSWER_WITHIN_DAYS = 10;

export function refuse(
  code: ChallengeViolation,
  params: JsonObject,
  kind: ViolationKind,
  article: string | null = null,
): never {
  throw new RuleViolation(code, params, kind, article);
}

const KIND_ZH: Record<ConditionKind, string> = { material: '材料', step: '环节', other: '办理条件' };

/** Whether a matter asks for it. A threshold outside the catalogue is asked for by practice: it counts as there. */
export function hasCondition({ materials, steps }: MatterDefinition, { kind, name }: Condition): boolean {
  if (kind === 'material') return materials.some((material) => material.name === name);
  return kind === 'other' || steps.includes(name);
}

/** The matter without the condition; null where there is nothing to take away. */
export function withoutCondition(
  matter: MatterDefinition,
  { kind, name }: Condition,
): MatterDefinition | null {
  if (kind === 'other') return null;
  return kind === 'material'
    ? { ...matter, materials: matter.materials.filter((material) => material.name !== name) }
    : { ...matter, steps: matter.steps.filter((step) => step !== name) };
}

/** Only what a matter in force asks for can be challenged. */
export function targetMustAskForIt(
  { matter, condition }: ChallengeThreshold,
  { target }: ChallengeFacts,
): ChallengeTarget {
  if (target === null) return refuse('challenge.unknown-matter', { matter }, 'input');
  if (target.at === 'abolished') return refuse('challenge.matter-abolished', { matter }, 'state');
  if (!target.hasCondition) {
    const { kind, name } = condition;
    const params = { matter, kind, kindZh: KIND_ZH[kind], name };
    return refuse('challenge.no-such-condition', params, 'input');
  }
  return target;
}

/** The department competent for the matter answers a challenge to it (行政许可法 Art. 22); for a joint matter any department may. */
export function answererMustBeCompetent(
  { type, id: challenge, meta: { actor } }: AnswerChallenge | WithdrawCondition | ConfirmWithdrawal,
  { competent: department }: AnswererFacts,
): void {
  // The leaders and the campaign office are the second person for every department.
  if (type === 'ConfirmWithdrawal' && actor.role !== 'department-head') return;
  if (department === null || actor.department === department) return;
  refuse('challenge.other-department', { challenge, department }, 'permission', cited(licensing(22)));
}

/** The law that a proposal to withdraw a condition cites. */
export function citedArticle({ id: challenge, article }: WithdrawCondition): string {
  const params = { challenge, field: 'article' };
  return article ?? refuse('challenge.withdrawal-without-article', params, 'input');
}

/** A condition goes by two persons and the law that allows it: no head takes one away alone. */
export function mustBeProposedByAnother(
  { challenge, proposed }: { readonly challenge: string; readonly proposed?: Proposal },
  { actor }: CommandMeta,
): Proposal {
  if (proposed === undefined) return refuse('challenge.withdrawal-not-proposed', { challenge }, 'state');
  if (proposed.by === actor.person) {
    return refuse('challenge.withdrawal-by-one', { challenge, person: actor.person }, 'permission');
  }
  return proposed;
}
