import { cited, licensing } from '#libs/law/citations';
import {
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/engine/event-sourcing';
import {
  type AnswerFacts,
  type AnswerRequest,
  type RaiseRequest,
  type RequestFacts,
} from './request.commands.js';
import { type RequestViolation } from './request.messages.js';
import { type KnownRequest, type RequestState } from './request.events.js';

function refuse(
  code: RequestViolation,
  params: JsonObject,
  kind: ViolationKind,
  article: string | null = null,
): never {
  throw new RuleViolation(code, params, kind, article);
}

/** An agent who acts for an applicant needs a mandate (行政许可法 Art. 29). */
const AGENCY = cited(licensing(29));

export function mustBeNew(state: RequestState, request: string): void {
  if (state.at !== 'absent') refuse('request.exists', { request }, 'state');
}

export function mustBeKnown(state: RequestState, request: string): KnownRequest {
  return state.at === 'absent' ? refuse('request.unknown', { request }, 'absent') : state;
}

/** The enterprise that asks: the applicant, or whom an agent acts for. */
export function askerOf({ actor, onBehalfOf }: CommandMeta): string {
  if (actor.role !== 'agent') return actor.person;
  return (
    onBehalfOf?.person ?? refuse('request.mandate-missing', { agent: actor.person }, 'permission', AGENCY)
  );
}

/** A request goes to a department that is there to answer it. */
export function departmentMustExist({ department }: RaiseRequest, { departmentKnown }: RequestFacts): void {
  if (!departmentKnown) refuse('request.unknown-department', { department }, 'input');
}

/** The department that was asked, or the one that has taken over from it. */
export function answererMustBeCompetent(
  { request, department }: KnownRequest,
  { meta: { actor } }: AnswerRequest,
  { competent }: AnswerFacts,
): void {
  if (actor.department === null || actor.department !== competent)
    refuse('request.other-department', { request, department }, 'permission');
}

export function mustBeUnanswered({ at, request }: KnownRequest): void {
  if (at !== 'open') refuse('request.answered-already', { request }, 'state');
}

export function raterMustBeTheAsker({ request, applicant }: KnownRequest, meta: CommandMeta): void {
  if (askerOf(meta) === applicant) return;
  refuse('request.not-yours', { request, person: meta.actor.person }, 'permission');
}

export function mustBeAnsweredAndUnrated({ at, request }: KnownRequest): void {
  if (at === 'open') refuse('request.not-answered', { request }, 'state');
  if (at === 'rated') refuse('request.rated-already', { request }, 'state');
}
