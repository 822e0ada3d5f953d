/** The formulas, with their numbers, of figures that more than one report or a bulletin shows. See figures.ts. */
export const FORMULAS: Readonly<Record<'catalogue' | 'outcomes' | 'workload', string>> = {
  catalogue: 'catalogue/1',
  outcomes: 'outcomes/2',
  workload: 'workload/2',
};
