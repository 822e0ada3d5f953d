import { cited, licensing } from '#libs/law/citations';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { isImmediate, type Prerequisite } from '../core/terms.js';
import { DECISION_MESSAGES } from './decision.messages.js';

const refuse = refusing(DECISION_MESSAGES);

/**
 * What the law puts first must be granted first: no fast track skips it (特事特办不得逾越法定前置). It is a condition of the matter, so
 * the refusal cites the matter's own article, as it was when the case was opened; where none is known, 行政许可法 Art. 38.
 */
export function prerequisitesMustBeGranted(
  { application, terms }: ApplicationFacts,
  missing: readonly Prerequisite[],
): void {
  if (missing.length === 0) return;
  const names = missing.map((prerequisite) => `${prerequisite.matter} (${prerequisite.application})`);
  refuse(
    'application.prerequisites-not-granted',
    { application, missing: names.join(', ') },
    'state',
    terms.basis?.split('; ')[0] ?? cited(licensing(38)),
  );
}

/** A statutory limit means that a decision is owed (行政许可法 Art. 42); without one an application may just be closed. */
export function noDecisionMayBeOwed({ application, terms }: ApplicationFacts): void {
  if (terms.statutory !== null) {
    refuse('application.decision-owed', { application }, 'state', cited(licensing(42)));
  }
}

export function matterMustBeImmediate(facts: ApplicationFacts): void {
  const { application, terms } = facts;
  if (!isImmediate(facts))
    refuse('application.not-immediate', { application, days: terms.promised?.days ?? '—' }, 'state');
}
