import { type TimeLimit, type WorkingCalendar } from '#libs/law/calendar';
import { presentDue } from '../clock/due.js';
import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { type Ways } from '../core/varied-rules.js';
import { type ApplicationAccepted } from '../intake/intake.events.js';
import { checkCommitment, makeCommitment } from './commitment.acts.js';
import { type CommitmentCommand } from './commitment.commands.js';
import { type CommitmentEvent } from './commitment.events.js';
import { acceptWithDeficiency, fulfilDeficiency, lapseDeficiency } from './deficiency.acts.js';
import { type DeficiencyCommand } from './deficiency.commands.js';
import { type DeficiencyEvent } from './deficiency.events.js';
import {
  type ApproveSpecialHandling,
  type FastTrackFacts,
  type GrantFastTrack,
  type WayCommand,
} from './ways.commands.js';
import { type FastTrackGranted, type SpecialHandlingApproved, type WayEvent } from './ways.events.js';
import {
  fastTrackMustBeNew,
  keyProjectMustBeOne,
  ruleMustBeVariable,
  ruleMustNotBeVariedYet,
} from './ways.rules.js';
import { type WithWays } from './ways.state.js';

function approveSpecialHandling(
  state: SubmittedApplication & Ways,
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

/** Without a promise of its own, the statutory term counts as promised. The statutory term itself does not change. */
function grantFastTrack(
  calendar: WorkingCalendar,
  state: SubmittedApplication & Ways,
  { ground, reason, promisePercent }: GrantFastTrack,
  { isKeyProject }: FastTrackFacts,
): FastTrackGranted {
  keyProjectMustBeOne(state, ground, isKeyProject);
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

export const WAYS_DECISIONS: Decide<
  WayCommand | DeficiencyCommand | CommitmentCommand,
  WayEvent | DeficiencyEvent | CommitmentEvent | ApplicationAccepted,
  SubmittedApplication & WithWays
> = {
  ApproveSpecialHandling: (state, command) => [approveSpecialHandling(state, command)],
  GrantFastTrack: (state, command, calendar, facts) => [grantFastTrack(calendar, state, command, facts)],
  AcceptWithDeficiency: (state, command, calendar, facts) =>
    acceptWithDeficiency(calendar, state, command, facts),
  FulfilDeficiency: (state, command) => [fulfilDeficiency(state, command)],
  LapseDeficiency: (state, command) => [lapseDeficiency(state, command)],
  MakeCommitment: (state, command, _, facts) => [makeCommitment(state, command, facts)],
  CheckCommitment: (state, command) => [checkCommitment(state, command)],
};
