import { type SubmittedApplication } from '../core/facts.js';
import { type Fold, withCustody } from '../core/fold.js';
import { type Holder } from '../core/holder.js';
import { type HandoverEvent } from './handover.events.js';

/** Whose it was last, of an application that went back to the desk because its holder left; absent before. */
export type WithDeparture = { readonly leftBy?: string };

type Held = WithDeparture & { readonly holder: Holder | null };

/** Whether a person of the department holds it, or did until they left and nobody has taken it up since. */
export function isTheirs({ holder, leftBy }: Held, department: string, person: string): boolean {
  if (holder?.party !== 'department' || holder.department !== department) return false;
  return holder.person === person || (holder.person === null && leftBy === person);
}

export const HANDOVER_FOLD: Fold<HandoverEvent, SubmittedApplication & WithDeparture> = {
  ApplicationUnassigned: (state, event) => {
    const { person } = event.data;
    const reviewer = state.reviewer?.person === person ? null : state.reviewer;
    return { ...state, ...withCustody(state, event), reviewer, leftBy: person };
  },
  ApplicationReassigned: (state, event) => {
    const { from, to } = event.data;
    const { leftBy: _, ...rest } = state;
    const reviews = state.reviewer === null ? state.at === 'accepted' : state.reviewer.person === from;
    const reviewer: Holder | null = reviews ? { party: 'department', ...to } : state.reviewer;
    return { ...rest, ...withCustody(state, event), reviewer };
  },
};
