import { CASE_WORKERS } from '#libs/shell/roles';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { isSignal } from '../signals/signals.events.js';
import { type RatingFacts } from './rating.commands.js';
import { type WithRatings } from './record.state.js';
import { RATING_MESSAGES } from './rating.messages.js';
import { RECORD_MESSAGES } from './record.messages.js';

const refuse = refusing({
  ...RATING_MESSAGES,
  ...RECORD_MESSAGES,
});

/** What is rated is an act of a department's person in this application; a signal is not such an act. */
export function mustBeAHandlingAct(
  { application }: ApplicationFacts,
  revision: number,
  { original }: RatingFacts,
): {
  readonly type: string;
  readonly department: string;
  readonly post: string | null;
  readonly person: string;
} {
  if (original === null) return refuse('application.no-such-record', { application, revision }, 'input');
  const { type, actor } = original;
  const { department, post, person, role } = actor;
  if (department === null || !CASE_WORKERS.some((one) => one === role) || isSignal(original)) {
    return refuse('application.not-a-handling-act', { application, revision, event: type }, 'input');
  }
  return { type, department, post, person };
}

/** Once an act: a rating is not written over. */
export function actMustBeUnrated(
  { application, rated = [] }: ApplicationFacts & WithRatings,
  revision: number,
): void {
  if (rated.includes(revision)) refuse('application.rated-before', { application, revision }, 'state');
}
