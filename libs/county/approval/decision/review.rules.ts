import { cited, licensing } from '#libs/law/citations';
import { type CommandMeta, isImported } from '#libs/engine/event-sourcing';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { isImmediate } from '../core/terms.js';
import { isVaried, type Ways } from '../core/varied-rules.js';
import { DECISION_MESSAGES } from './decision.messages.js';

const refuse = refusing(DECISION_MESSAGES);

/**
 * Who examines does not decide (审查与决定相分离), unless special handling has joined the two. It is asked of everybody who
 * ever took part in the review, and of whom it is assigned to now. An imported log decided under its own rules.
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
 * What was applied for is examined before it is decided (行政许可法 Art. 34): the department that decides has given the review to
 * somebody, or somebody of it has recorded a step of it. Not where the matter has no such step, is done on the spot (即办), or
 * special handling lets the one who decides examine. Whoever was given the review and recorded nothing shows as the
 * deviation `review-skipped`, as does what an imported log decided without a review.
 */
export function reviewMustHaveBegun(
  facts: ApplicationFacts & WithReview & Ways,
  { needsReview = true, meta }: { readonly needsReview?: boolean; readonly meta: CommandMeta },
): void {
  const { application, department, reviewer, reviewedBy = [] } = facts;
  const begun = reviewer !== null || reviewedBy.some((one) => [null, one.department].includes(department));
  if (begun || !needsReview || isImported(meta)) return;
  if (isImmediate(facts) || isVaried(facts, 'separate-decision')) return;
  refuse('application.review-missing', { application }, 'state', cited(licensing(34)));
}

/** Somebody who took part in the review, and for which department; null for none. */
type ReviewedBy = { readonly person: string; readonly department: string | null };

/** Everybody who took part in the review so far, in the order in which they did; left out while nobody has. */
export type WithReview = { readonly reviewedBy?: readonly ReviewedBy[] };
