import { refuse } from './approval.refusal.js';
import { type Facts } from './approval.state.js';

/** An immediate case (即办件) is one whose promise is the day of receipt: the catalogue says so, not the window. */
export function matterMustBeImmediate({ application, terms }: Facts): void {
  if (terms.promised?.days === 0) return;
  refuse('application.not-immediate', { application, days: terms.promised?.days ?? '—' }, 'state');
}
