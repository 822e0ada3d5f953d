import { type TimeLimit } from '#libs/law/calendar';
import {
  type ExtensionRule,
  type MatterKind,
  type NoticeRule,
  type RenewalRule,
  type SuspensionRule,
  type UseRule,
} from '#libs/law/catalogue';

/** Between the places of law of a basis. */
export const BASIS_SEPARATOR = '; ';

/** Instants derived from the clock's ledger when the event was decided; the ledger stays the truth. */
export type DueDates = {
  /** End of the promised term (承诺时限), which drives the lamp. */
  readonly promised: string | null;
  /** End of the statutory term (法定时限), which drives liability. */
  readonly statutory: string | null;
  /** From here on the lamp is yellow. */
  readonly yellow: string | null;
  /** True when a date lies past the known calendar. */
  readonly provisional: boolean;
};

/** How the clock stood when it stopped. `late…` compare the stop with the due instants, null where there was none. */
export type StoppedClock = {
  readonly stoppedAt: string;
  readonly latePromised: boolean | null;
  readonly lateStatutory: boolean | null;
};

/** The limits an application runs under, fixed when it is submitted: a later catalogue version does not touch it. */
export type Terms = {
  /** Decides which law applies; see `kind.ts`. Left out in applications of before. */
  readonly kind?: MatterKind;
  readonly statutory: TimeLimit | null;
  readonly promised: TimeLimit | null;
  /** Law and article of the matter, as cited. */
  readonly basis: string | null;
  /** False shows as 未核实 until a person signs the limit off. */
  readonly verified: boolean;
  /** Of the matter's own law; left out where it has none. */
  readonly notice?: NoticeRule;
  /** Procedures whose time is taken out; left out in applications of before: those of 行政许可法 Art. 45. */
  readonly suspensions?: readonly SuspensionRule[];
  /** Null: the law of the matter knows none. Left out in applications of before: 行政许可法 Art. 42. */
  readonly extension?: ExtensionRule | null;
  /** When a renewal is to be applied for; left out: 行政许可法 Art. 50. */
  readonly renewal?: RenewalRule;
  /** It grants a qualification to a natural person; left out where it does not. */
  readonly personalQualification?: true;
  /** Of a permit that lapses unless it is used in time. */
  readonly use?: UseRule;
};

/** An earlier application of the same project that must be granted before this one may be. */
export type Prerequisite = { readonly application: string; readonly matter: string };

/** Every event names its project too, so that a projection knows the project's documents from the event alone. */
export type Id = { readonly application: string; readonly project: string };

/** The ladder of escalation, lowest first. */
export const ESCALATION_LEVELS = [
  'department-head',
  'supervision',
  'deputy-county-head',
  'leading-group',
] as const;

export type EscalationLevel = (typeof ESCALATION_LEVELS)[number];

/** An immediate case (即办件) is one whose promise is the day of receipt: the catalogue says so, not the window. */
export const isImmediate = ({ terms }: { readonly terms: Pick<Terms, 'promised'> }): boolean =>
  terms.promised?.days === 0;

/** The first place of law that a matter rests on; null if none is listed. */
export const firstBasis = ({ basis }: Pick<Terms, 'basis'>): string | null =>
  basis?.split(BASIS_SEPARATOR)[0] ?? null;
