import { cited, licensing } from '#libs/law/citations';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { isVaried, type Ways } from '../core/varied-rules.js';
import { type Deficiency, type WithDeficiency } from './deficiency.state.js';
import { DEFICIENCY_MESSAGES } from './deficiency.messages.js';

const refuse = refusing(DEFICIENCY_MESSAGES);

/** Working days for which material may be missing: a rule of the county's own, which special handling may vary. */
const LONGEST_DEFICIENCY = 20;

/** A deadline for what is missing, and one that ends before the application is forgotten. */
export function deficiencyMustBeShort(state: ApplicationFacts & Ways, days: number): void {
  if (days <= LONGEST_DEFICIENCY || isVaried(state, 'deficiency-term')) return;
  refuse(
    'application.deficiency-too-long',
    { application: state.application, days, most: LONGEST_DEFICIENCY },
    'input',
  );
}

/** What was handed in is not missing: the record does not say both. */
export function nothingMayBeThere(
  { application, materials }: ApplicationFacts,
  missing: readonly string[],
): void {
  for (const material of missing) {
    if (materials.includes(material)) {
      refuse('application.material-handed-in', { application, material }, 'input');
    }
  }
}

/** Only what is missing can be handed in late. */
export function materialsMustBeMissing(
  application: string,
  names: readonly string[],
  missing: readonly string[],
): void {
  for (const material of names) {
    if (!missing.includes(material)) {
      refuse('application.material-not-missing', { application, material }, 'input');
    }
  }
}

/** A deadline that lapsed is over: the application is refused or returned, and comes again with everything. */
export function deficiencyMustBeOpen({
  application,
  deficiency,
}: ApplicationFacts & WithDeficiency): Deficiency {
  if (deficiency === undefined || deficiency.missing.length === 0) {
    return refuse('application.no-deficiency', { application }, 'state');
  }
  if (deficiency.lapsed) {
    return refuse('application.deficiency-lapsed', { application, handInBy: deficiency.handInBy }, 'state');
  }
  return deficiency;
}

/** Nothing lapses before its deadline has passed. */
export function deadlineMustHavePassed(application: string, handInBy: string, at: string): void {
  if (at <= handInBy) refuse('application.deficiency-not-due', { application, handInBy }, 'state');
}

/** An application is granted on complete material: what was missing at acceptance is there by then (行政许可法 Art. 38). */
export function nothingMayBeMissing({ application, deficiency }: ApplicationFacts & WithDeficiency): void {
  if (deficiency === undefined || deficiency.missing.length === 0) return;
  refuse(
    'application.deficiency-outstanding',
    { application, missing: deficiency.missing.join('、') },
    'state',
    cited(licensing(38)),
  );
}
