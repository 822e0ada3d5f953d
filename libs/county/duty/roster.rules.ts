import { dayOf, isDay } from '#libs/law/calendar';
import {
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/engine/event-sourcing';
import {
  type CloseWindow,
  type GrantDelegation,
  type PostAtWindow,
  type RosterCommand,
  type DelegationFacts,
  type WindowPostFacts,
} from './roster.commands.js';
import { type DelegationScope } from './roster.events.js';
import { type RosterViolation } from './roster.messages.js';
import {
  covers,
  type Delegation,
  delegationsOn,
  reservedOn,
  type RosterState,
  type WindowPost,
  windowPostOn,
} from './roster.state.js';
import { isOwnAct, type WindowAct, windowActNames } from './window-acts.js';

function refuse(code: RosterViolation, params: JsonObject, kind: ViolationKind): never {
  throw new RuleViolation(code, params, kind);
}

/** The first legal day that a command means: today where it says none. */
export const rosterDayOf = ({ from, meta }: { readonly from?: string; readonly meta: CommandMeta }): string =>
  from ?? dayOf(meta.now);

/** A department keeps its own roster: its head posts people to the window and is responsible for what they may decide. */
export function mustBeTheHead({ id, meta: { actor } }: RosterCommand): void {
  if (actor.role === 'department-head' && actor.department === id) return;
  refuse('roster.not-your-department', { department: id }, 'permission');
}

export function mustBeADay(field: string, day: string): string {
  return isDay(day) ? day : refuse('roster.not-a-day', { field, day }, 'input');
}

export function mustEndAfterItBegins(from: string, until: string): void {
  if (until < from) refuse('roster.ends-before-it-begins', { from, until }, 'input');
}

/** An authorisation counts from the day it is given, never before. */
export function mustNotBeBackdated(from: string, { now }: CommandMeta): void {
  const today = dayOf(now);
  if (from < today) refuse('roster.backdated', { from, today }, 'input');
}

/** The person's post in the department on the first day. */
export function mustBeWindowStaff(
  { id: department, person }: PostAtWindow,
  { found }: WindowPostFacts,
  day: string,
): string {
  if (found?.role === 'window' && found.department === department) return found.post;
  return refuse('roster.not-window-staff', { person, department, day }, 'input');
}

/** One person sits at one window at a time. */
export function mustNotBePosted(
  { posts }: RosterState,
  person: string,
  from: string,
  until: string | null,
): void {
  const other = posts.find(
    (each) =>
      each.person === person &&
      (until === null || each.from <= until) &&
      (each.until === null || from <= each.until),
  );
  if (other) refuse('roster.posted-already', { person, window: other.window, from: other.from }, 'state');
}

/** A window that was given up does not come back; a new one has a name of its own. */
export function windowMustBeThere({ closed }: RosterState, window: string, until: string | null): void {
  const gone = closed.find((each) => each.window === window);
  if (gone === undefined || (until !== null && until < gone.from)) return;
  refuse('roster.window-closed', { window, from: gone.from }, 'state');
}

export function windowMayClose(state: RosterState, { window }: CloseWindow, from: string): void {
  const there = state.posts.filter((each) => each.window === window);
  if (there.length === 0) refuse('roster.window-unknown', { window }, 'absent');
  const gone = state.closed.find((each) => each.window === window);
  if (gone) refuse('roster.window-closed', { window, from: gone.from }, 'state');
  const last = there.find(({ until }) => until === null || until >= from);
  if (last) refuse('roster.window-occupied', { window, from, person: last.person }, 'state');
}

/** The last stay of a person, which is the one that can end. */
export function mustHaveAPost({ posts }: RosterState, person: string, day: string): WindowPost {
  const last = posts.findLast((each) => each.person === person);
  return last ?? refuse('roster.not-at-a-window', { person, day }, 'state');
}

export function mustBeAtAWindow(state: RosterState, person: string, day: string): void {
  if (windowPostOn(state, person, day) === null) {
    refuse('roster.not-at-a-window', { person, day }, 'input');
  }
}

export function delegationMustBeNew({ delegations }: RosterState, delegation: string): void {
  if (delegations.some((each) => each.delegation === delegation)) {
    refuse('roster.delegation-exists', { delegation }, 'state');
  }
}

export function delegationMustBeKnown({ delegations }: RosterState, delegation: string): Delegation {
  const found = delegations.find((each) => each.delegation === delegation);
  return found ?? refuse('roster.delegation-unknown', { delegation }, 'absent');
}

/** Either everything, or what is listed: nothing in between is guessed, and null says nothing. */
export function scopeOf(command: GrantDelegation, { unknown }: DelegationFacts): DelegationScope {
  const acts = command.acts ?? null;
  const matters = command.matters ?? null;
  const full = command.full ?? false;
  if (full === (acts !== null || matters !== null)) {
    refuse('roster.scope-unclear', { field: full ? 'full' : 'acts' }, 'input');
  }
  if (unknown.length > 0) {
    refuse('roster.unknown-matters', { matters: unknown.join(', ') }, 'input');
  }
  return full ? { full } : { full, acts, matters };
}

export function mustNotBeBefore(latest: string | null, from: string): void {
  if (latest !== null && from < latest) refuse('roster.not-after', { latest, from }, 'state');
}

/** What a person at the window is about to do. `day` is a legal day; `matter` is null where the address names none. */
export type WindowDecision = {
  readonly person: string;
  readonly act: WindowAct;
  readonly matter: string | null;
  readonly day: string;
};

/**
 * The delegation that a person at the window decides by; null where the act is the window's own office.
 *
 * @throws RuleViolation `delegation.missing`
 */
export function delegationFor(state: RosterState, decision: WindowDecision): string | null {
  const { person, act, matter, day } = decision;
  if (isOwnAct(act) && !reservedOn(state, day).includes(act)) return null;
  const found = delegationsOn(state, person, day).find((each) => covers(each, act, matter));
  if (found) return found.delegation;
  const params = { person, act, ...windowActNames(act), matter: matter ?? '—', day };
  return refuse('delegation.missing', params, 'permission');
}
