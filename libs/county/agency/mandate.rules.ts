import { cited, licensing } from '#libs/law/citations';
import { dayOf, endOfDay, isDay } from '#libs/law/calendar';
import {
  type Actor,
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/engine/event-sourcing';
import {
  type ConfirmMandate,
  type GrantFacts,
  type GrantMandate,
  type RecorderFacts,
  type RevokeMandate,
} from './mandate.commands.js';
import { type MandateViolation } from './mandate.messages.js';
import { type MandateState } from './mandate.events.js';

const ARTICLE = cited(licensing(29));

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

export function rolesMustFit(
  agent: string,
  applicant: string,
  { agentRole, applicantRole }: GrantFacts,
): void {
  if (agentRole !== 'agent') refuse('mandate.not-an-agent', { agent }, 'input');
  if (applicantRole !== 'applicant') refuse('mandate.not-an-applicant', { applicant }, 'input');
}

/** The instant at which the last day ends (24:00, 民法典 Art. 203). */
export function endOfMandate(lastDay: string, { now }: CommandMeta): string {
  if (!isDay(lastDay)) refuse('mandate.not-a-day', { value: lastDay }, 'input');
  if (lastDay < dayOf(now)) refuse('mandate.ends-in-the-past', { lastDay }, 'input');
  return endOfDay(lastDay);
}

/** One for a single project is for a project of the applicant's. */
export function projectMustBeTheirs(
  { project }: GrantMandate,
  applicant: string,
  { projectOf }: GrantFacts,
): void {
  if (project === undefined || projectOf === applicant) return;
  refuse('mandate.not-their-project', { project, applicant }, 'input');
}

/** True for a member of the department that recorded the mandate, or of its successor. */
const isOfTheRecordingDepartment = (
  { recordedBy }: Granted,
  { actor }: CommandMeta,
  { competent }: RecorderFacts,
): boolean => recordedBy !== undefined && competent !== null && actor.department === competent;

/** The applicant takes it back, the agent lays it down, the department that recorded it writes either down. */
export function mayRevoke(known: Granted, { meta }: RevokeMandate, facts: RecorderFacts): void {
  const { mandate, agent, applicant } = known.granted;
  const { actor } = meta;
  if ([agent, applicant].includes(actor.person) || isOfTheRecordingDepartment(known, meta, facts)) return;
  refuse('mandate.not-yours', { mandate, person: actor.person }, 'permission');
}

/**
 * An applicant is represented only with their consent: the applicant confirms what a window recorded, or, if the window has the
 * signed paper, a second person of its department does after checking it.
 */
export function confirmerOf(
  known: Granted,
  { meta }: ConfirmMandate,
  facts: RecorderFacts,
): 'applicant' | 'second-person' {
  const { mandate, applicant, note } = known.granted;
  const { person } = meta.actor;
  if (person === applicant) return 'applicant';
  if (!isOfTheRecordingDepartment(known, meta, facts))
    refuse('mandate.not-yours', { mandate, person }, 'permission');
  if (person === known.recordedBy?.person) refuse('mandate.second-person', { mandate, person }, 'permission');
  if (note === null) refuse('mandate.paper-missing', { mandate }, 'state');
  return 'second-person';
}

/** What was revoked or is over cannot be made good. */
export function mustStillRun(
  { at, granted: { mandate, lastDay, until } }: Granted,
  { now }: CommandMeta,
): void {
  if (at === 'revoked') refuse('mandate.revoked', { mandate }, 'state');
  if (now >= until) refuse('mandate.expired', { mandate, lastDay }, 'state');
}

/** The project of the thing that an agent acts on; null where it is of none. */
export type MandateScope = { readonly project: string | null };

/**
 * The person an agent acts for under a mandate: it must be the agent's own, confirmed, not over, not revoked, and for this
 * project.
 * The result is recorded in the event's `onBehalfOf`.
 */
export function principalOf(
  state: MandateState,
  {
    mandate: id,
    actor,
    now,
    project,
  }: { readonly mandate: string; readonly actor: Actor; readonly now: string } & MandateScope,
): Actor {
  // A mandate that does not exist and one of another agent get the same refusal.
  if (state.at === 'absent' || state.granted.agent !== actor.person || actor.role !== 'agent') {
    return refuse('mandate.not-yours', { mandate: id, person: actor.person }, 'permission');
  }
  const { granted } = state;
  if (state.at === 'revoked') return refuse('mandate.revoked', { mandate: id }, 'permission');
  if (state.at === 'recorded') return refuse('mandate.not-confirmed', { mandate: id }, 'permission');
  if (now >= granted.until) {
    return refuse('mandate.expired', { mandate: id, lastDay: granted.lastDay }, 'permission');
  }
  if (granted.project !== null && granted.project !== project) {
    return refuse('mandate.other-project', { mandate: id, project: granted.project }, 'permission');
  }
  return { person: granted.applicant, post: null, department: null, role: 'applicant' };
}
