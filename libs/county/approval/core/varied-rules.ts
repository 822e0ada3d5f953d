/**
 * Rules of procedure that the county made itself. Special handling (特事特办) may vary these, and nothing else does:
 *
 * - `separate-decision`: who reviews does not decide (审查与决定相分离).
 * - `await-opinions`: the lead waits for the opinions it asked for itself (等齐部门意见).
 * - `deficiency-term`: material may be missing for twenty working days at most (容缺补交期限).
 */
export const VARIABLE_RULES = ['separate-decision', 'await-opinions', 'deficiency-term'] as const;

export type VariableRule = (typeof VARIABLE_RULES)[number];

/** Ways through that few applications take: left out of the state until one is taken. */
export type Ways = {
  readonly fastTrack?: true;
  /** Rules of procedure that special handling has varied, in the order in which it did. */
  readonly varied?: readonly VariableRule[];
};

export const isVaried = ({ varied = [] }: Ways, rule: VariableRule): boolean => varied.includes(rule);
