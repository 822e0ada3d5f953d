import { type MatterKind, type NoticeRule, STATUTORY_NOTICE } from '#libs/law/catalogue';
import { type Terms } from './terms.js';

/** What applications received before the kind was recorded were taken for: licences, where they had a statutory term. */
const kindOf = ({ kind, statutory }: Terms): MatterKind => kind ?? (statutory === null ? 'other' : 'licence');

/** 行政许可: 行政许可法 applies, whether a special limit is listed or not. */
export const isLicence = (terms: Terms): boolean => kindOf(terms) === 'licence';

/** 备案: what was received in full is filed, and nothing is decided. */
export const isFiling = (terms: Terms): boolean => kindOf(terms) === 'filing';

/** 行政确认: the applicant is owed a result, whichever it is. */
export const isConfirmation = (terms: Terms): boolean => kindOf(terms) === 'confirmation';

/** The rule by which silence accepts an application (视为受理); null where no law says so. */
export function noticeRule(terms: Terms): NoticeRule | null {
  return terms.notice ?? (isLicence(terms) ? STATUTORY_NOTICE : null);
}
