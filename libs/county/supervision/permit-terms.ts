import { daysOf, listOf, recordOf, versionOf } from './policy-fields.js';

/** A matter whose permit lapses unless it is used within so many months of its delivery. */
type UseWithin = { readonly matter: string; readonly months: number; readonly article: string };

/** When the holder of a permit is told of its end. */
export type PermitTerms = {
  /** Working days before the last day. */
  readonly noticeWorkingDays: number;
  readonly useWithin: readonly UseWithin[];
};

const MOST_MONTHS = 120;

/** The terms from plain data, as read from data/policies/permits.yaml. @throws RangeError naming the field that is wrong. */
export function permitTerms(value: unknown): PermitTerms & { readonly version: string } {
  const fields = recordOf(value, ['version', 'noticeWorkingDays', 'useWithin'], 'permits');
  const seen = new Set<string>();
  const useWithin = listOf(fields['useWithin'], 'permits.useWithin').map((entry, index) => {
    const where = `permits.useWithin[${index}]`;
    const { matter, months, article } = recordOf(entry, ['matter', 'months', 'article'], where);
    if (typeof matter !== 'string' || matter === '') {
      throw new RangeError(`${where}.matter: the code of a matter is needed`);
    }
    if (seen.has(matter)) throw new RangeError(`${where}: this matter has a term already`);
    seen.add(matter);
    if (typeof months !== 'number' || !Number.isInteger(months) || months < 1 || months > MOST_MONTHS) {
      throw new RangeError(`${where}.months: a whole number from 1 to ${MOST_MONTHS} is needed`);
    }
    if (typeof article !== 'string' || article === '') {
      throw new RangeError(`${where}.article: law and article are needed`);
    }
    return { matter, months, article };
  });
  return {
    version: versionOf(fields['version'], 'permits'),
    noticeWorkingDays: daysOf(fields['noticeWorkingDays'], 'permits.noticeWorkingDays'),
    useWithin,
  };
}
