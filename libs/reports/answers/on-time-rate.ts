/** Applications with a promised term that ended, by whether they kept it. */
export type EndedCounts = { readonly onTime: number; readonly late: number };

/** A rate with what it is a share of. */
export type OnTime = {
  /**
   * The number it is a share of: applications that ended and had a promised term. One without a term neither keeps nor breaks
   * one.
   */
  readonly onTimeOf: number;
  /** 按时办结率, 0 to 1; null while there is none of them. */
  readonly onTimeRate: number | null;
};

/** The one computation of every onTimeRate. */
export function onTimeRate({ onTime, late }: EndedCounts): OnTime {
  const of = onTime + late;
  return { onTimeOf: of, onTimeRate: of === 0 ? null : onTime / of };
}
