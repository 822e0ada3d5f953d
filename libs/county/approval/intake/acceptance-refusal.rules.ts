import { type CommandMeta, isImported } from '#libs/engine/event-sourcing';
import { cited, licensing, placeInLicensing, type StatuteReference } from '#libs/law/citations';
import { type ApplicationFacts } from '../core/facts.js';
import { isFiling } from '../core/kind.js';
import { refusing } from '../core/refuse.js';
import { firstBasis } from '../core/terms.js';
import { INTAKE_MESSAGES } from './intake.messages.js';

const refuse = refusing(INTAKE_MESSAGES);

/** The two grounds on which an application for a licence is turned away at the door, each with its article. */
const LICENSING_GROUNDS = {
  /** 依法不需要取得行政许可: 不受理, at once. */
  'no-licence-needed': licensing(32, 1),
  /** 依法不属于本行政机关职权范围: 不予受理 decided at once, and the applicant learns which organ to apply to. */
  'not-competent': licensing(32, 2),
} as const satisfies Readonly<Record<string, StatuteReference>>;
type LicensingGround = keyof typeof LICENSING_GROUNDS;
const OF_LICENSING = Object.keys(LICENSING_GROUNDS) as readonly LicensingGround[];

/** 不属于备案范围: the one ground for a filing, by the matter's own law. */
const OUTSIDE_FILING = 'not-within-filing-scope';

export const ACCEPTANCE_REFUSAL_GROUNDS = [...OF_LICENSING, OUTSIDE_FILING] as const;
export type AcceptanceRefusalGround = LicensingGround | typeof OUTSIDE_FILING;

export type AcceptanceRefusalFacts = {
  /** True where the cited article is of the matter's own law. */
  readonly restsOnOwnLaw: boolean;
};

/** What may be left out may be null, too. */
type Given = {
  readonly ground?: AcceptanceRefusalGround | null;
  readonly article?: string | null;
  readonly organ?: string | null;
  readonly meta: CommandMeta;
};

/** The ground that an article is; null for every other place of law. */
function groundAt(article: string): LicensingGround | null {
  const place = placeInLicensing(article);
  if (place?.article !== 32 || (place.paragraph ?? 1) !== 1) return null;
  return OF_LICENSING.find((ground) => LICENSING_GROUNDS[ground].item === place.item) ?? null;
}

/** A filing is turned away only where it is none: 行政许可法 does not apply to it, so its own law is cited. */
function filingMustBeOutOfScope(
  { application, terms }: ApplicationFacts,
  { ground = null, article = null }: Given,
  { restsOnOwnLaw }: AcceptanceRefusalFacts,
): string {
  const no = (field: string) =>
    refuse('application.filing-not-turned-away', { application, field }, 'input', terms.basis);
  if (ground !== null && ground !== OUTSIDE_FILING) return no('ground');
  if (article !== null) {
    // Where the catalogue lists no law for it, any law but that of licences may be its own.
    const suits = restsOnOwnLaw || (terms.basis === null && placeInLicensing(article) === null);
    return suits ? article : no('article');
  }
  if (ground === null) return no('ground');
  return firstBasis(terms) ?? no('article');
}

/**
 * Not to accept has two grounds, 行政许可法 Art. 32(1) and (2), and no other: missing material is a notice, unmet conditions are
 * for the decision. What another organ decides is turned away with its name. A log of another system is read as it is, and what is wrong with a citation itself is the
 * first thing to answer.
 *
 * @returns the article, as it was cited
 */
export function acceptanceRefusalMustHaveGround(
  facts: ApplicationFacts,
  given: Given,
  looked: AcceptanceRefusalFacts,
): string {
  const { application } = facts;
  const { ground = null, article = null, organ = null, meta } = given;
  if (isImported(meta) || meta.unmet !== undefined) return article ?? '';
  if (isFiling(facts.terms)) return filingMustBeOutOfScope(facts, given, looked);
  const found = article === null ? ground : groundAt(article);
  if (found === null || found === OUTSIDE_FILING || (ground !== null && ground !== found)) {
    return refuse(
      'application.no-ground-not-to-accept',
      { application, field: article === null ? 'ground' : 'article' },
      'input',
      cited(licensing(32)),
    );
  }
  if (found === 'not-competent' && organ === null) {
    refuse('application.organ-not-named', { application, field: 'organ' }, 'input', cited(licensing(32, 2)));
  }
  return article ?? cited(LICENSING_GROUNDS[found]);
}
