import { type TimeLimit, type WorkingCalendar } from '#libs/law/calendar';
import { presentDue } from '../clock/due.js';
import { type Existing, idOf } from '../core/facts.js';
import { type ApproveSpecialHandling, type GrantFastTrack } from './ways.commands.js';
import { type FastTrackGranted, type SpecialHandlingApproved } from './ways.events.js';
import { fastTrackMustBeNew, ruleMustBeVariable, ruleMustNotBeVariedYet } from './ways.rules.js';

export function approveSpecialHandling(
  state: Existing,
  { rule: asked, reason }: ApproveSpecialHandling,
): SpecialHandlingApproved {
  const rule = ruleMustBeVariable(state.application, asked);
  ruleMustNotBeVariedYet(state, rule);
  return { type: 'SpecialHandlingApproved', version: 1, data: { ...idOf(state), rule, reason } };
}

/** Whole days, rounded up; a term of at least a day keeps one. */
function shortened(limit: TimeLimit | null, percent: number): TimeLimit | null {
  return limit && { ...limit, days: Math.ceil((limit.days * percent) / 100) };
}

/** Without a promise of its own the statutory term is what was promised. That one stays as it is. */
export function grantFastTrack(
  calendar: WorkingCalendar,
  state: Existing,
  { ground, reason, promisePercent }: GrantFastTrack,
): FastTrackGranted {
  fastTrackMustBeNew(state);
  const { terms } = state;
  const promised = shortened(terms.promised ?? terms.statutory, promisePercent);
  const due = presentDue(calendar, { ...state, terms: { ...terms, promised } });
  return {
    type: 'FastTrackGranted',
    version: 1,
    data: { ...idOf(state), ground, reason, promisePercent, promised, due },
  };
}
