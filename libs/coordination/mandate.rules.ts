import { dayOf, endOfDay, isDay } from '#libs/calendar';
import {
  type Actor,
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/event-sourcing';
import { type GrantMandate } from './mandate.commands.js';
import { type MandateState } from './mandate.decider.js';
import { type MandateViolation } from './mandate.messages.js';

const ARTICLE = '行政许可法 Art. 29';

function refuse(code: MandateViolation, params: JsonObject, kind: ViolationKind): never {
  throw new RuleViolation(code, params, kind, ARTICLE);
}

export type Granted = Exclude<MandateState, { at: 'absent' }>;

export function mustBeNew(state: MandateState, mandate: string): void {
  if (state.at !== 'absent') refuse('mandate.exists', { mandate }, 'state');
}

export function mustBeKnown(state: MandateState, mandate: string): Granted {
  return state.at === 'absent' ? refuse('mandate.unknown', { mandate }, 'absent') : state;
}

/** An applicant gives a mandate for themselves; the window writes down one that was given on paper. */
export function grantorOf({ id, applicant, meta: { actor } }: GrantMandate): string {
  if (actor.role !== 'applicant') return applicant ?? actor.person;
  if (applicant === undefined || applicant === actor.person) return actor.person;
  return refuse('mandate.not-yours', { mandate: id, person: actor.person }, 'permission');
}

export function rolesMustFit({ agent, agentRole, applicantRole }: GrantMandate, applicant: string): void {
  if (agentRole !== 'agent') refuse('mandate.not-an-agent', { agent }, 'input');
  if (applicantRole !== 'applicant') refuse('mandate.not-an-applicant', { applicant }, 'input');
}

/** The instant at which the last day ends (24:00, 民法典 Art. 203). */
export function endOfMandate(lastDay: string, { now }: CommandMeta): string {
  if (!isDay(lastDay)) refuse('mandate.not-a-day', { value: lastDay }, 'input');
  if (lastDay < dayOf(now)) refuse('mandate.ends-in-the-past', { lastDay }, 'input');
  return endOfDay(lastDay);
}

/** The applicant takes it back, the agent lays it down, the window writes either down. */
export function mayRevoke({ granted: { mandate, agent, applicant } }: Granted, { actor }: CommandMeta): void {
  if (actor.role === 'window' || [agent, applicant].includes(actor.person)) return;
  refuse('mandate.not-yours', { mandate, person: actor.person }, 'permission');
}

/** The thing an agent acts on: a project by its id, an application by its own. Null: no project's. */
export type Scope = { readonly project: string | null };

/**
 * The person an agent acts for under a mandate: it must be the agent's own, not over, not revoked, and for this project.
 * The answer is what goes into the event's `onBehalfOf`.
 */
export function principalOf(
  state: MandateState,
  {
    mandate: id,
    actor,
    now,
    project,
  }: { readonly mandate: string; readonly actor: Actor; readonly now: string } & Scope,
): Actor {
  // A mandate that does not exist and one that is somebody else's are told alike.
  if (state.at === 'absent' || state.granted.agent !== actor.person || actor.role !== 'agent') {
    return refuse('mandate.not-yours', { mandate: id, person: actor.person }, 'permission');
  }
  const { granted } = state;
  if (state.at === 'revoked') return refuse('mandate.revoked', { mandate: id }, 'permission');
  if (now >= granted.until) {
    return refuse('mandate.expired', { mandate: id, lastDay: granted.lastDay }, 'permission');
  }
  if (granted.project !== null && granted.project !== project) {
    return refuse('mandate.other-project', { mandate: id, project: granted.project }, 'permission');
  }
  return { person: granted.applicant, post: null, department: null, role: 'applicant' };
}
