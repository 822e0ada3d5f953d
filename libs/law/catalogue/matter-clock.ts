import { cited, licensing } from '#libs/law/citations';
import { type DayUnit, type TimeLimit } from '#libs/law/calendar';
import { type ExcludedProcedure } from '#libs/law/terms';
import { type MatterKind } from './matter-kind.js';

export const LEAVES = ['department-head'] as const;
/** Who must give leave: null = no one but the person who acts. */
export type Leave = (typeof LEAVES)[number];

/** A procedure whose time is taken out of the term of a matter. */
export type SuspensionRule = {
  readonly cause: ExcludedProcedure;
  /** Law and article that take it out; the law alone while its article has not been read. */
  readonly article: string;
  /** False shows as 未核实. */
  readonly verified: boolean;
  /** The longest it may take; null where no law says. */
  readonly cap: { readonly days: number; readonly unit: DayUnit } | null;
  readonly leave: Leave | null;
};

/** By how much the term of a matter may be prolonged, once, in the unit of the term. */
export type ExtensionRule = {
  readonly days: number;
  readonly article: string;
  readonly verified: boolean;
  readonly leave: Leave;
};

/** When the holder must have applied for the renewal of a permit that ends: calendar days before its last day. */
export type RenewalRule = { readonly applyDaysBefore: number; readonly article: string };

/** A permit that lapses (自行废止) unless it is used in time, and how often and by how many months that may be postponed. */
export type UseRule = {
  readonly months: number;
  readonly postponements: number;
  readonly postponementMonths: number;
  readonly article: string;
};

/**
 * By when an applicant is notified of everything to correct; without that the application counts as accepted. In working days from receipt;
 * none means on the spot (当场), which is the day of receipt.
 */
export type NoticeRule = { readonly days: number; readonly article: string };

/** What the law of a matter says about its time, in addition to the limits. Left out: what 行政许可法 says of every licence. */
export type MatterClock = {
  readonly notice?: NoticeRule;
  readonly suspensions?: readonly SuspensionRule[];
  /** Null: its law knows none. */
  readonly extension?: ExtensionRule | null;
  readonly renewal?: RenewalRule;
  readonly use?: UseRule;
};

const ARTICLE_45 = cited(licensing(45));

const byArticle45 = (cause: ExcludedProcedure): SuspensionRule => ({
  cause,
  article: ARTICLE_45,
  verified: true,
  cap: null,
  leave: null,
});

/** What 行政许可法 Art. 45 takes out of the term of every licence, in its order. */
export const STATUTORY_SUSPENSIONS: readonly SuspensionRule[] = (
  [
    'hearing',
    'bidding',
    'auction',
    'inspection',
    'testing',
    'quarantine',
    'appraisal',
    'expert-review',
  ] satisfies ExcludedProcedure[]
).map(byArticle45);

/** What 行政许可法 Art. 42 lets every licence be extended by; joint handling (para. 2) by fifteen. */
export const STATUTORY_EXTENSION: ExtensionRule = {
  days: 10,
  article: cited(licensing(42)),
  verified: true,
  leave: 'department-head',
};
export const JOINT_EXTENSION: ExtensionRule = { ...STATUTORY_EXTENSION, days: 15 };

/** The holder applies thirty days before the end where no other law says otherwise (行政许可法 Art. 50). */
export const STATUTORY_RENEWAL: RenewalRule = { applyDaysBefore: 30, article: cited(licensing(50)) };

/** 一次告知 and 视为受理 bind every licence (行政许可法 Art. 32(4)). */
export const STATUTORY_NOTICE: NoticeRule = { days: 5, article: cited(licensing(32, 4)) };

/** What 行政许可法 Art. 42 gives for every licence whose own law says nothing; joint handling (para. 2) takes longer. */
const STATUTORY_TERM: TimeLimit = { days: 20, unit: 'working-day', start: 'acceptance' };
const JOINT_TERM: TimeLimit = { ...STATUTORY_TERM, days: 45 };

type Timed = {
  readonly kind: MatterKind;
  readonly department: string | null;
  readonly clock?: MatterClock;
};

/** The term by which a matter must be decided: its own, and for a licence without one that of 行政许可法; null for none. */
export function statutoryTermOf({
  kind,
  department,
  statutory,
}: Partial<Pick<Timed, 'kind' | 'department'>> & { readonly statutory: TimeLimit | null }): TimeLimit | null {
  if (statutory !== null || kind !== 'licence') return statutory;
  return department === null ? JOINT_TERM : STATUTORY_TERM;
}

/**
 * The procedures of a matter: those of its own law, and for a licence the statutory eight; its own law wins where both name
 * one.
 */
export function suspensionsOf({ kind, clock }: Timed): readonly SuspensionRule[] {
  const own = clock?.suspensions ?? [];
  if (kind !== 'licence') return own;
  const others = STATUTORY_SUSPENSIONS.filter(({ cause }) => own.every((rule) => rule.cause !== cause));
  return [...own, ...others];
}

/** The extension of a matter; null where its law knows none. */
export function extensionOf({ kind, department, clock }: Timed): ExtensionRule | null {
  if (clock?.extension !== undefined) return clock.extension;
  if (kind !== 'licence') return null;
  return department === null ? JOINT_EXTENSION : STATUTORY_EXTENSION;
}
