import { desk, passTo } from '../core/attribution.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { type Holder } from '../core/holder.js';
import { type ReassignApplication, type UnassignApplication } from './handover.commands.js';
import { type ApplicationReassigned, type ApplicationUnassigned } from './handover.events.js';
import { isTheirs, type WithDeparture } from './handover.state.js';

/** Nothing where the person has it no more. */
export function unassign(
  state: SubmittedApplication,
  { department, person, cause, meta }: UnassignApplication,
): ApplicationUnassigned[] {
  const { holder } = state;
  if (holder?.party !== 'department' || holder.person !== person || holder.department !== department)
    return [];
  const custody = passTo(state, meta, desk(department));
  return [
    {
      type: 'ApplicationUnassigned',
      version: 1,
      data: { ...idOf(state), department, person, cause, custody },
    },
  ];
}

/** What waits for another (the applicant, an expert review) comes to the new person later, as it would have to the old one. */
export function reassign(
  state: SubmittedApplication & WithDeparture,
  { from, to, reason, meta }: ReassignApplication,
): ApplicationReassigned[] {
  const { holder, reviewer } = state;
  if (holder === null) return [];
  const holds = isTheirs(state, to.department, from);
  if (!holds && reviewer?.person !== from) return [];
  const next: Holder = { party: 'department', ...to };
  const custody = holds ? passTo(state, meta, next) : { ended: null, holder };
  return [
    {
      type: 'ApplicationReassigned',
      version: 1,
      data: { ...idOf(state), from, to, reason, custody },
    },
  ];
}
