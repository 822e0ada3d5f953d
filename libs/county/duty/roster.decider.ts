import { dayOf } from '#libs/law/calendar';
import { decideBy, type Decider } from '#libs/engine/event-sourcing';
import {
  type CloseWindow,
  type DelegationFacts,
  type EndWindowPost,
  type GrantDelegation,
  type PostAtWindow,
  type ReserveWindowActs,
  type RevokeDelegation,
  type RosterCommand,
  type WindowPostFacts,
} from './roster.commands.js';
import { type RosterEvent } from './roster.events.js';
import * as rules from './roster.rules.js';
import { EMPTY_ROSTER, type RosterState, withRosterEvent } from './roster.state.js';

function post(state: RosterState, command: PostAtWindow, facts: WindowPostFacts): RosterEvent {
  const { id: department, window, person, until = null, reason = null } = command;
  const from = rules.mustBeADay('from', rules.rosterDayOf(command));
  if (until !== null) rules.mustEndAfterItBegins(from, rules.mustBeADay('until', until));
  const held = rules.mustBeWindowStaff(command, facts, from);
  rules.windowMustBeThere(state, window, until);
  rules.mustNotBePosted(state, person, from, until);
  const data = { department, window, person, post: held, from, until, reason };
  return { type: 'WindowPostFilled', version: 1, data };
}

function endPost(state: RosterState, command: EndWindowPost): RosterEvent[] {
  const { id: department, person, reason = null, meta } = command;
  const until = rules.mustBeADay('until', command.until ?? dayOf(meta.now));
  const last = rules.mustHaveAPost(state, person, until);
  rules.mustEndAfterItBegins(last.from, until);
  if (last.until !== null && last.until <= until) return [];
  const data = { department, window: last.window, person, until, reason };
  return [{ type: 'WindowPostEnded', version: 1, data }];
}

function close(state: RosterState, command: CloseWindow): RosterEvent {
  const { id: department, window, reason = null } = command;
  const from = rules.mustBeADay('from', rules.rosterDayOf(command));
  rules.windowMayClose(state, command, from);
  return { type: 'WindowClosed', version: 1, data: { department, window, from, reason } };
}

function grant(state: RosterState, command: GrantDelegation, facts: DelegationFacts): RosterEvent {
  const { id: department, delegation, person, reason = null, meta } = command;
  rules.delegationMustBeNew(state, delegation);
  const scope = rules.scopeOf(command, facts);
  const from = rules.mustBeADay('from', rules.rosterDayOf(command));
  const until = rules.mustBeADay('until', command.until);
  rules.mustNotBeBackdated(from, meta);
  rules.mustEndAfterItBegins(from, until);
  rules.mustBeAtAWindow(state, person, from);
  const data = { department, delegation, person, scope, from, until, reason };
  return { type: 'DelegationGranted', version: 1, data };
}

function revoke(state: RosterState, command: RevokeDelegation): RosterEvent[] {
  const { id: department, delegation, reason, meta } = command;
  const { person, revokedFrom } = rules.delegationMustBeKnown(state, delegation);
  if (revokedFrom !== null) return [];
  const data = { department, delegation, person, from: dayOf(meta.now), reason };
  return [{ type: 'DelegationRevoked', version: 1, data }];
}

function reserve({ reserved }: RosterState, command: ReserveWindowActs): RosterEvent[] {
  const { id: department, reason = null, meta } = command;
  const from = rules.mustBeADay('from', rules.rosterDayOf(command));
  const acts = [...command.acts].sort();
  const latest = reserved.at(-1) ?? null;
  if ((latest?.acts ?? []).join() === acts.join() && (latest === null || latest.from <= from)) return [];
  rules.mustNotBeBackdated(from, meta);
  rules.mustNotBeBefore(latest?.from ?? null, from);
  return [{ type: 'WindowActsReserved', version: 1, data: { department, acts, from, reason } }];
}

const decideByType = decideBy<RosterState, RosterCommand, RosterEvent>({
  PostAtWindow: (state, command, facts) => [post(state, command, facts)],
  EndWindowPost: endPost,
  CloseWindow: (state, command) => [close(state, command)],
  GrantDelegation: (state, command, facts) => [grant(state, command, facts)],
  RevokeDelegation: revoke,
  ReserveWindowActs: reserve,
});

/** The roster of one department: its windows, the people there, and what they may decide. */
export const rosterDecider: Decider<RosterState, RosterCommand, RosterEvent> = {
  initial: EMPTY_ROSTER,

  decide(state, command, facts) {
    rules.mustBeTheHead(command);
    return decideByType(state, command, facts);
  },

  evolve: withRosterEvent,
};
