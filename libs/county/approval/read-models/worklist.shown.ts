import { type ReadModels } from '#libs/engine/event-sourcing';
import { type Day, type WorkingCalendar } from '#libs/law/calendar';
import { type NextStep, nextStep } from './next-step.js';
import { acceptBy, type DaysLeft, daysLeft } from './shown-days.js';
import { type CaseNames, caseNames } from './shown-names.js';
import { type WorklistItem } from './worklist.filter.js';

/** An application as a row of a worklist: what is left of its term, who acts next, and what its codes are called. */
export type WorklistRow = Omit<WorklistItem, keyof CaseNames> &
  CaseNames & {
    readonly daysLeft: DaysLeft | null;
    /** The last legal day on which it may be accepted, or everything missing be asked for; null when no such term runs. */
    readonly acceptBy: Day | null;
    /** Null when no step is left. */
    readonly next: NextStep | null;
  };

type Sources = { readonly models: Pick<ReadModels, 'getMany'>; readonly calendar: WorkingCalendar };

/** The rows of one page, in its order. */
export async function worklistRows(
  { models, calendar }: Sources,
  items: readonly WorklistItem[],
  now: string,
): Promise<readonly WorklistRow[]> {
  const names = await caseNames(models, items);
  return items.flatMap((item, index) => {
    const own = names[index];
    if (own === undefined) return [];
    const terms = { daysLeft: daysLeft(item, calendar, now), acceptBy: acceptBy(item, calendar) };
    return [{ ...item, ...own, ...terms, next: nextStep(item, calendar) }];
  });
}
