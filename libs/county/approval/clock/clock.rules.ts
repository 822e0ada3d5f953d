import { cited, licensing } from '#libs/law/citations';
import { type TimeLimit } from '#libs/law/calendar';
import { isSuspended } from '../core/clock-facts.js';
import { type ApplicationFacts } from '../core/facts.js';
import { refuse } from '../core/refuse.js';

export const SUSPENSION_ARTICLE = cited(licensing(45));

export const EXTENSION_ARTICLE = cited(licensing(42));

export const DEEMED_ACCEPTANCE_ARTICLE = cited(licensing(32, 4));

/** Only a suspended clock can be resumed. */
export function clockMustBeSuspended({ application, clock }: ApplicationFacts): void {
  if (!isSuspended(clock)) {
    refuse('application.not-suspended', { application }, 'state', SUSPENSION_ARTICLE);
  }
}

/** Without a statutory term there is nothing that a suspension or an extension could act on. */
export function statutoryTerm({ application, terms }: ApplicationFacts, article: string): TimeLimit {
  return terms.statutory ?? refuse('application.no-term', { application }, 'state', article);
}

/** Days by which Art. 42 lets a term be extended: ten, and fifteen where departments decide together. */
const EXTENSION_DAYS = 10;

const JOINT_EXTENSION_DAYS = 15;

/**
 * One extension, before the term is over, of at most ten working days (fifteen in a joint matter, Art. 42). Where another
 * law says otherwise it is cited, and its term may at most be doubled: what that law allows is for people to check.
 */
export function extensionMustBeLawful(
  state: ApplicationFacts,
  asked: { readonly days: number; readonly article: string | null },
  occurredAt: string,
): void {
  const { application, clock, department, due } = state;
  const limit = statutoryTerm(state, EXTENSION_ARTICLE);
  if (clock.extensions.length > 0) {
    refuse('application.extended-before', { application }, 'state', EXTENSION_ARTICLE);
  }
  if (due.statutory !== null && occurredAt > due.statutory) {
    refuse('application.term-over', { application, dueAt: due.statutory }, 'state', EXTENSION_ARTICLE);
  }
  const general = department === null ? JOINT_EXTENSION_DAYS : EXTENSION_DAYS;
  const most = asked.article === null ? general : Math.max(general, limit.days);
  if (asked.days > most) {
    refuse(
      'application.extension-too-long',
      { application, days: asked.days, most },
      'input',
      EXTENSION_ARTICLE,
    );
  }
}
