import { type Recorded } from '#libs/engine/event-sourcing';
import { dutiesFulfilled } from '../core/examination.js';
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

type Before = NoApplication | (SubmittedApplication & WithReview);

/** The duties of the review that are fulfilled after an event; the same list when nothing is new. */
export function examinedAfter(before: Before, event: Recorded<ApplicationEvent>): WithReview['examined'] {
  if (before.at === 'absent') return undefined;
  const { examined } = before;
  if (event.type !== 'StepRecorded' && event.type !== 'BackEntryRecorded') return examined;
  if (!isReview(before, event)) return examined;
  const { step, second = null } = event.data;
  const more = dutiesFulfilled(step, second).filter((duty) => examined?.includes(duty) !== true);
  return more.length === 0 ? examined : [...(examined ?? []), ...more];
}

/** Who has taken part after an event, both officials of an on-site check; the same list when nothing is new. */
export function reviewedAfter(before: Before, event: Recorded<ApplicationEvent>): WithReview['reviewedBy'] {
  if (before.at === 'absent') return undefined;
  const { reviewedBy } = before;
  if (event.type === 'ApplicationTakenOver') {
    const { from, department } = event.data;
    return reviewedBy?.map((one) => (one.department === from ? { ...one, department } : one));
  }
  if (!isReview(before, event)) return reviewedBy;
  const { person, department } = event.metadata.actor;
  const second = 'second' in event.data ? event.data.second : undefined;
  const people = [person, ...(second === undefined ? [] : [second])];
  const more = people.filter(
    (one) => reviewedBy?.some((known) => known.person === one && known.department === department) !== true,
  );
  if (more.length === 0) return reviewedBy;
  return [...(reviewedBy ?? []), ...more.map((one) => ({ person: one, department }))];
}
