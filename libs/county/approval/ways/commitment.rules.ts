import { cited, licensing } from '#libs/law/citations';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { type WithCommitment } from './commitment.state.js';
import { COMMITMENT_MESSAGES } from './commitment.messages.js';

const refuse = refusing(COMMITMENT_MESSAGES);

/** One commitment per application: it names every material it replaces. */
export function commitmentMustBeNew({ application, commitment }: ApplicationFacts & WithCommitment): void {
  if (commitment !== undefined) refuse('application.commitment-already', { application }, 'state');
}

/** A check has something to check, and is made once: its finding is never written over. */
export function commitmentMustBeUnchecked({
  application,
  commitment,
}: ApplicationFacts & WithCommitment): void {
  if (commitment === undefined) return refuse('application.no-commitment', { application }, 'state');
  if (commitment.checked !== 'not-yet') refuse('application.commitment-checked', { application }, 'state');
}

/** A broken commitment leaves the conditions unmet that a grant rests on (行政许可法 Art. 38). */
export function commitmentMustNotBeBreached({
  application,
  commitment,
}: ApplicationFacts & WithCommitment): void {
  if (commitment?.checked !== 'breached') return;
  refuse('application.commitment-breached', { application }, 'state', cited(licensing(38)));
}
