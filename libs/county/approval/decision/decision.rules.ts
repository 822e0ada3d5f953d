import { cited, licensing } from '#libs/law/citations';
import { type CommandMeta, isImported } from '#libs/engine/event-sourcing';
import { type ApplicationFacts } from '../core/facts.js';
import { isConfirmation, isFiling, isLicence } from '../core/kind.js';
import { refusing } from '../core/refuse.js';
import { firstBasis, isImmediate } from '../core/terms.js';
import { type MissingPrerequisite } from './decision.commands.js';
import { DECISION_MESSAGES } from './decision.messages.js';

const refuse = refusing(DECISION_MESSAGES);

/**
 * What the law puts first must be granted first, and still be in force: no fast track skips it (特事特办不得逾越法定前置). It is a condition of the matter, so
 * the refusal cites the matter's own article, as it was when the application was opened; where none is known, 行政许可法 Art. 38.
 */
export function prerequisitesMustBeGranted(
  { application, terms }: ApplicationFacts,
  missing: readonly MissingPrerequisite[],
): void {
  if (missing.length === 0) return;
  const names = missing.map((prerequisite) => `${prerequisite.matter} (${prerequisite.application})`);
  const wereGranted = missing.every(({ ended = false }) => ended);
  refuse(
    wereGranted ? 'application.prerequisites-not-in-force' : 'application.prerequisites-not-granted',
    { application, missing: names.join(', ') },
    'state',
    firstBasis(terms) ?? cited(licensing(38)),
  );
}

/**
 * A licence ends by a decision (行政许可法 Art. 38, 42) and a confirmation by a result, and neither is replaced by a closure. Other
 * matters may just be closed.
 */
export function noDecisionMayBeOwed({ application, terms }: ApplicationFacts): void {
  if (isLicence(terms)) refuse('application.decision-owed', { application }, 'state', cited(licensing(42)));
  if (isConfirmation(terms)) refuse('application.result-owed', { application }, 'state', terms.basis);
}

/** A filing is filed, supplemented or not within scope: nothing is granted or refused (变相许可), whatever an imported log says. */
export function mustNotBeAFiling({ application, terms }: ApplicationFacts, meta: CommandMeta): void {
  if (!isFiling(terms) || isImported(meta)) return;
  refuse('application.filing-not-decided', { application }, 'state', terms.basis);
}

/** What is said of a filing is not said of a licence. */
const OF_LICENCES = /许可|准予|不予|批准|核准/;

/** A filing ends as filed: its outcome claims no permission. */
export function outcomeMustSuitAFiling(
  { application, terms }: ApplicationFacts,
  outcome: string,
  meta: CommandMeta,
): void {
  if (!isFiling(terms) || isImported(meta) || !OF_LICENCES.test(outcome)) return;
  refuse('application.outcome-of-a-licence', { application, outcome }, 'input', terms.basis);
}

export function matterMustBeImmediate(facts: ApplicationFacts): void {
  const { application, terms } = facts;
  if (!isImmediate(facts))
    refuse('application.not-immediate', { application, days: terms.promised?.days ?? '—' }, 'state');
}
