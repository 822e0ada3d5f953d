import { refuse } from '../core/refuse.js';
import { type Facts } from '../application/application.state.js';

/** An immediate case (即办件) is one whose promise is the day of receipt: the catalogue says so, not the window. */
export const isImmediate = ({ terms }: Pick<Facts, 'terms'>): boolean => terms.promised?.days === 0;

export function matterMustBeImmediate(facts: Facts): void {
  const { application, terms } = facts;
  if (!isImmediate(facts))
    refuse('application.not-immediate', { application, days: terms.promised?.days ?? '—' }, 'state');
}
