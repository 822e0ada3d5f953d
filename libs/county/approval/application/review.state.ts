import { type Recorded } from '#libs/engine/event-sourcing';
import { type NoApplication, type SubmittedApplication } from '../core/facts.js';
import { type WithReview } from '../decision/review.rules.js';
import { type ApplicationEvent } from './application.events.js';

/**
 * Events that count as review when the assigned reviewer is their actor. The head may do all of these too; the head's do not
 * count.
 */
const ACTS_OF_THE_ASSIGNED: readonly ApplicationEvent['type'][] = [
  'ApplicationReturned',
  'ClockSuspended',
  'ClockResumed',
  'ConsultationRequested',
  'CommitmentVerified',
  'CommitmentBreached',
  'IssueRaised',
  'IssueOptionProposed',
];

/** True for what is part of the review (审查, 行政许可法 Art. 34): it begins with acceptance and ends with the decision. */
function isReview(
  before: SubmittedApplication,
  { type, metadata: { actor } }: Recorded<ApplicationEvent>,
): boolean {
  if (before.at !== 'accepted' && before.at !== 'returned') return false;
  if (type === 'StepRecorded' || type === 'BackEntryRecorded') return true;
  return before.reviewer?.person === actor.person && ACTS_OF_THE_ASSIGNED.includes(type);
}

/** Who has taken part in the review after an event, given the application before it; the same list when nothing is new. */
export function reviewedAfter(
  before: NoApplication | (SubmittedApplication & WithReview),
  event: Recorded<ApplicationEvent>,
): WithReview['reviewedBy'] {
  if (before.at === 'absent') return undefined;
  const { reviewedBy } = before;
  if (event.type === 'ApplicationTakenOver') {
    const { from, department } = event.data;
    return reviewedBy?.map((one) => (one.department === from ? { ...one, department } : one));
  }
  if (!isReview(before, event)) return reviewedBy;
  const { person, department } = event.metadata.actor;
  const isKnown = reviewedBy?.some((one) => one.person === person && one.department === department);
  return isKnown === true ? reviewedBy : [...(reviewedBy ?? []), { person, department }];
}
