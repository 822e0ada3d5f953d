import { type CommandMeta, isImported } from '#libs/engine/event-sourcing';
import { cited, licensing, placeInLicensing, type StatuteReference } from '#libs/law/citations';
import { refusing } from '../core/refuse.js';
import { INTAKE_MESSAGES } from './intake.messages.js';

const refuse = refusing(INTAKE_MESSAGES);

/** The two grounds on which an application is turned away at the door, each with its article. */
const REFUSAL_GROUNDS = {
  /** 依法不需要取得行政许可: 不受理, at once. */
  'no-licence-needed': licensing(32, 1),
  /** 依法不属于本行政机关职权范围: 不予受理 decided at once, and the applicant learns which organ to apply to. */
  'not-competent': licensing(32, 2),
} as const satisfies Readonly<Record<string, StatuteReference>>;
export type AcceptanceRefusalGround = keyof typeof REFUSAL_GROUNDS;
export const ACCEPTANCE_REFUSAL_GROUNDS = Object.keys(REFUSAL_GROUNDS) as readonly AcceptanceRefusalGround[];

/** What may be left out may be null, too. */
type Given = {
  readonly ground?: AcceptanceRefusalGround | null;
  readonly article?: string | null;
  readonly organ?: string | null;
  readonly meta: CommandMeta;
};

/** The ground that an article is; null for every other place of law. */
function groundAt(article: string): AcceptanceRefusalGround | null {
  const place = placeInLicensing(article);
  if (place?.article !== 32 || (place.paragraph ?? 1) !== 1) return null;
  return ACCEPTANCE_REFUSAL_GROUNDS.find((ground) => REFUSAL_GROUNDS[ground].item === place.item) ?? null;
}

/**
 * Not to accept has two grounds, 行政许可法 Art. 32(1) and (2), and no other: missing material is a notice, unmet conditions are
 * for the decision. What another organ decides is turned away with its name. A log of another system is read as it is, and what is wrong with a citation itself is the
 * first thing to answer.
 *
 * @returns the article, as it was cited
 */
export function acceptanceRefusalMustHaveGround(application: string, given: Given): string {
  const { ground = null, article = null, organ = null, meta } = given;
  if (isImported(meta) || meta.unmet !== undefined) return article ?? '';
  const found = article === null ? ground : groundAt(article);
  if (found === null || (ground !== null && ground !== found)) {
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
  return article ?? cited(REFUSAL_GROUNDS[found]);
}
