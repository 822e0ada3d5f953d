import { dayOf, isDay } from '#libs/law/calendar';
import {
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/engine/event-sourcing';
import {
  type ImprovedMatter,
  type ProposalFacts,
  type ProposeImprovement,
  type StartTrial,
  type TrialFacts,
} from './improvement.commands.js';
import { type ImprovementViolation } from './improvement.messages.js';

export function refuse(code: ImprovementViolation, params: JsonObject, kind: ViolationKind): never {
  throw new RuleViolation(code, params, kind);
}

/** Only a matter in force can be improved. */
export function matterMustBeInForce(
  { matter }: ProposeImprovement,
  { target }: ProposalFacts,
): ImprovedMatter {
  if (target === null) return refuse('improvement.unknown-matter', { matter }, 'input');
  if (target.at === 'abolished') return refuse('improvement.matter-abolished', { matter }, 'state');
  return target;
}

/** The head of the department decides on its own matters; leaders and the campaign office (优化办) on all. */
export function deciderMustBeCompetent(
  improvement: string,
  department: string | null,
  { actor }: CommandMeta,
): void {
  if (actor.role !== 'department-head' || department === null || actor.department === department) return;
  refuse('improvement.other-department', { improvement, department }, 'permission');
}

/** A trial comes after its proposal, and a version is tried from its first day: before it nothing has changed. */
export function trialMustBeginRightly(
  { improvement, matter, proposedAt }: { improvement: string; matter: string; proposedAt: string },
  { from: day, matterVersion: version }: StartTrial,
  { versionFrom: first }: TrialFacts,
): void {
  if (!isDay(day)) refuse('improvement.not-a-day', { day }, 'input');
  const proposed = dayOf(proposedAt);
  if (day < proposed) refuse('improvement.trial-before-proposal', { improvement, proposed, day }, 'input');
  if (version === undefined) return;
  if (first === null) return refuse('improvement.no-such-version', { matter, version }, 'input');
  if (first !== day) refuse('improvement.other-first-day', { matter, version, first }, 'input');
}
