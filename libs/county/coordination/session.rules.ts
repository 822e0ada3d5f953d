import { dayOf, isDay } from '#libs/law/calendar';
import {
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/engine/event-sourcing';
import { type ItemFacts } from './session.commands.js';
import { type AgendaItem, type CarriedItem } from './session.events.js';
import { type SessionViolation } from './session.messages.js';
import { type Resolved, type SessionState } from './session.state.js';

function refuse(code: SessionViolation, params: JsonObject, kind: ViolationKind): never {
  throw new RuleViolation(code, params, kind);
}

type Convened = Extract<SessionState, { at: 'convened' | 'open' | 'closed' | 'missed' }>;

/** Sessions of the schedule are named by their day and convened by the clock: a person who calls one gives it another name. */
export function idMustBeFree(state: SessionState, session: string, { actor }: CommandMeta): void {
  if (isDay(session) && actor.role !== 'system') refuse('session.reserved-id', { session }, 'input');
  if (state.at !== 'absent' && state.at !== 'scheduled') refuse('session.exists', { session }, 'state');
}

export function mustNotBePast(value: string, { now }: CommandMeta): void {
  if (!isDay(value)) refuse('session.not-a-day', { value }, 'input');
  if (value < dayOf(now)) refuse('session.in-the-past', { day: value }, 'input');
}

function mustHaveAnAgenda(state: SessionState, session: string): Convened {
  if (state.at === 'absent') return refuse('session.unknown', { session }, 'absent');
  if (state.at === 'scheduled') return refuse('session.not-convened', { session }, 'state');
  if (state.at === 'closed') return refuse('session.closed', { session }, 'state');
  if (state.at === 'missed') return refuse('session.missed', { session }, 'state');
  return state;
}

/** A session is opened on its own day: the day after, it was missed. */
export function mustBeDueToday(state: SessionState, session: string, { now }: CommandMeta): Convened {
  const convened = mustHaveAnAgenda(state, session);
  if (convened.at === 'open') return refuse('session.opened-already', { session }, 'state');
  if (convened.day !== dayOf(now)) refuse('session.not-its-day', { session, day: convened.day }, 'state');
  return convened;
}

export function mustBeOpen(state: SessionState, session: string): Convened {
  const convened = mustHaveAnAgenda(state, session);
  return convened.at === 'open' ? convened : refuse('session.not-open', { session }, 'state');
}

export function departmentsMustExist([department]: readonly string[]): void {
  if (department !== undefined) refuse('session.unknown-department', { department }, 'input');
}

const isAmong = (resolved: readonly Resolved[], application: string): boolean =>
  resolved.some((one) => one.application === application);

/** What was resolved on an application and is not reported yet; a closed session's resolutions go on. */
export function mustBeResolved(
  state: SessionState,
  session: string,
  application: string,
): Resolved & { readonly session: string } {
  const held = state.at === 'closed' ? state : mustBeOpen(state, session);
  const found = held.resolved.find((one) => one.application === application);
  if (found === undefined) return refuse('session.nothing-resolved', { session, application }, 'input');
  if (found.reported) refuse('session.reported-already', { session, application }, 'state');
  return { ...found, session };
}

export function mayReport(
  { application, department }: Pick<Resolved, 'application' | 'department'>,
  { actor }: CommandMeta,
): void {
  if (actor.role === 'campaign-office' || actor.department === department) return;
  refuse('session.not-your-resolution', { application, department }, 'permission');
}

/** One resolution per application: what is to be changed is for the next session. */
export function itemMustBeUnresolved({ session, agenda, resolved }: Convened, application: string): void {
  if (isAmong(resolved, application)) refuse('session.item-resolved', { session, application }, 'state');
  if (agenda.some((item) => item.application === application)) return;
  refuse('session.not-on-the-agenda', { session, application }, 'input');
}

/** There is nothing to do any more in an application that has ended since the agenda was made. */
export function caseMustGoOn(session: string, application: string, { ended }: ItemFacts): void {
  if (ended !== null) refuse('session.case-ended', { session, application, ...ended }, 'state');
}

/** A day has one resolution on an application, whatever the number of its sessions: two would say of two departments that it is theirs. */
export function caseMustBeThisSessions(session: string, application: string, other: string | null): void {
  if (other !== null) refuse('session.resolved-elsewhere', { session, application, other }, 'state');
}

/** What goes to the next agenda, in the order of this one. */
export function unresolved(
  agenda: readonly AgendaItem[],
  resolved: readonly Resolved[],
): readonly CarriedItem[] {
  return agenda
    .filter(({ application }) => !isAmong(resolved, application))
    .map(({ application, carryCount }) => ({ application, carryCount: carryCount + 1 }));
}
