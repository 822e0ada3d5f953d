import { type DomainEvent } from '#libs/engine/event-sourcing';

/** What a department may say of a span, each a number that the log knows too. */
export const FIGURES = {
  done: '办结件数', // applications that ended in its hands
  late: '超期办结件数', // of those, past the promised end
  returns: '退回次数',
  supplements: '要求补正次数',
  transfers: '移送次数',
  backEntries: '补录次数',
} as const;
export type Figure = keyof typeof FIGURES;
/** Figures of a span, each left out that nothing is said of. */
export type Figures = { readonly [name in Figure]?: number };

/** 自查: a department looks at its own work over a span of legal days and says what it found. */
export type SelfInspectionReported = DomainEvent<
  'SelfInspectionReported',
  1,
  {
    readonly report: string;
    readonly department: string;
    /** First and last legal day, both included. */
    readonly from: string;
    readonly to: string;
    /** What the department claims; figures it says nothing of are left out. */
    readonly figures: Figures;
    /** Problems found, and what is done about them. */
    readonly findings: string;
    readonly measures: string | null;
  }
>;

export type SelfInspectionEvent = SelfInspectionReported;
