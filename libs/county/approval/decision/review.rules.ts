import { cited, licensing } from '#libs/law/citations';
import { type CommandMeta, isImported } from '#libs/engine/event-sourcing';
import { EXAMINATION_DUTIES, type ExaminationDuty } from '../core/examination.js';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { isImmediate } from '../core/terms.js';
import { isVaried, type Ways } from '../core/varied-rules.js';
import { DECISION_MESSAGES } from './decision.messages.js';

const refuse = refusing(DECISION_MESSAGES);

/**
 * Who examines does not decide (审查与决定相分离), unless special handling has joined the two. It applies to every person who ever took
 * part in the review, and to the one it is assigned to now. An imported log was decided under its own rules.
 */
export function reviewerMustNotDecide(
  facts: ApplicationFacts & WithReview & Ways,
  { actor, ...meta }: CommandMeta,
): void {
  const { application, reviewer, reviewedBy = [] } = facts;
  const { person } = actor;
  const reviewed = reviewer?.person === person || reviewedBy.some((one) => one.person === person);
  if (!reviewed || isVaried(facts, 'separate-decision') || isImported(meta)) return;
  refuse('application.reviewer-decides', { application, person }, 'permission');
}

/**
 * What was applied for is examined before it is decided (行政许可法 Art. 34): the deciding department has assigned a reviewer, or
 * one of its people has recorded a step of the review. It does not apply when the matter has no such step, is done on the spot
 * (即办), or special handling lets the one who decides examine. A reviewer who recorded nothing shows as the deviation
 * `review-skipped`, as does an imported decision without a review.
 */
export function reviewMustHaveBegun(
  facts: ApplicationFacts & WithReview & Ways,
  needsReview: boolean,
  meta: CommandMeta,
): void {
  const { application, department, reviewer, reviewedBy = [] } = facts;
  const begun = reviewer !== null || reviewedBy.some((one) => [null, one.department].includes(department));
  if (begun || !needsReview || isImported(meta)) return;
  if (isImmediate(facts) || isVaried(facts, 'separate-decision')) return;
  refuse('application.review-missing', { application }, 'state', cited(licensing(34)));
}

/**
 * What the matter asks of the examination is on record before it is decided, either way: an on-site check by two officials
 * (行政许可法 Art. 34 para. 3), interested parties heard (Art. 36), the right to a hearing told (Art. 47). No special handling lifts
 * it. An imported log was decided under its own rules.
 */
export function examinationMustBeWhole(
  { application, examined = [] }: ApplicationFacts & WithReview,
  owed: readonly ExaminationDuty[],
  meta: CommandMeta,
): void {
  const missing = owed.find((duty) => !examined.includes(duty));
  if (missing === undefined || isImported(meta)) return;
  const article = cited(EXAMINATION_DUTIES[missing].article);
  refuse(EXAMINATION_MISSING[missing], { application }, 'state', article);
}

const EXAMINATION_MISSING = {
  'on-site-pair': 'application.on-site-pair-missing',
  'interested-parties': 'application.interested-parties-not-heard',
  hearing: 'application.hearing-not-told',
} as const satisfies Readonly<Record<ExaminationDuty, string>>;

/** A person who took part in the review, and their department; null for none. */
type ReviewedBy = { readonly person: string; readonly department: string | null };

/** The review so far; each left out while there is nothing of it. */
export type WithReview = {
  /** Everyone who took part, in order. */
  readonly reviewedBy?: readonly ReviewedBy[];
  /** What the law may ask of it and was done. */
  readonly examined?: readonly ExaminationDuty[];
};
