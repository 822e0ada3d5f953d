import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { isVaried, type Ways } from '../core/varied-rules.js';
import { type Consultation, openConsultation, type WithConsultation } from './consultation.state.js';
import { CONSULTATION_MESSAGES } from './consultation.messages.js';

const refuse = refusing(CONSULTATION_MESSAGES);

/** The departments must exist, and be others than the one that asks. */
export function departmentsMustBeOthers(
  { application, department }: Pick<ApplicationFacts, 'application' | 'department'>,
  asked: readonly string[],
  unknown: readonly string[],
): void {
  for (const one of unknown) refuse('application.unknown-department', { department: one }, 'input');
  for (const one of asked) {
    if (one === department) refuse('application.consults-itself', { application, department: one }, 'input');
  }
}

/** One consultation at a time: everybody is asked at once, not one after the other (并联). */
export function consultationMustBeOver(state: ApplicationFacts & WithConsultation): void {
  const open = openConsultation(state);
  if (open === null) return;
  refuse(
    'application.consultation-open',
    { application: state.application, departments: open.outstanding.join('、') },
    'state',
  );
}

/** An opinion comes from a department that was asked. */
export function mustBeConsulted(
  { application, consultation }: Pick<ApplicationFacts, 'application'> & WithConsultation,
  { actor: { department } }: CommandMeta,
): { readonly consultation: Consultation; readonly department: string } {
  if (department !== null && consultation?.asked.includes(department)) return { consultation, department };
  return refuse('application.not-consulted', { application, department: department ?? '—' }, 'permission');
}

export const isConsulted = (
  { consultation }: WithConsultation,
  { actor: { department } }: CommandMeta,
): boolean => department !== null && consultation?.asked.includes(department) === true;

/** A department answers once: an opinion is not overwritten. */
export function opinionMustBeOutstanding(
  { application }: Pick<ApplicationFacts, 'application'>,
  consultation: Consultation,
  department: string,
): void {
  if (consultation.outstanding.includes(department)) return;
  refuse('application.opinion-given', { application, department }, 'state');
}

/** No department counts as silent before the deadline has passed. */
export function consultationMustBeOverdue(
  state: ApplicationFacts & WithConsultation,
  at: string,
): Consultation {
  const { application } = state;
  const open = openConsultation(state);
  if (open === null) return refuse('application.no-consultation', { application }, 'state');
  if (at > open.answerBy) return open;
  return refuse('application.consultation-not-due', { application, answerBy: open.answerBy }, 'state');
}

/**
 * The lead decides on all opinions, or when the deadline for them has passed. Special handling may spare the wait where
 * the lead asked of its own accord; never where a law asks for the opinions.
 */
export function opinionsMustBeIn(state: ApplicationFacts & WithConsultation & Ways, at: string): void {
  const open = openConsultation(state);
  if (open === null || at > open.answerBy) return;
  if (open.article === null && isVaried(state, 'await-opinions')) return;
  refuse(
    'application.opinions-outstanding',
    { application: state.application, departments: open.outstanding.join('、'), answerBy: open.answerBy },
    'state',
    open.article,
  );
}
