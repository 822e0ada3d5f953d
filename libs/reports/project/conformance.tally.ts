import { linesOfRegions } from '#libs/law/catalogue';
import { type Tally, type TallyDocument } from '#libs/engine/event-sourcing';
import { type ProjectDocument } from './project.document.js';

/**
 * Deviations of one region, everything below it included. Id: the region's code. Counters: the code of the deviation, the
 * same with the department (`promise-overrun|water`), and `projects` that have any.
 */
export type ConformanceDocument = TallyDocument & { readonly region: string };

/** Only an event that shows a deviation costs anything here: a list that grew. */
export const conformanceTally: Tally<ProjectDocument, ConformanceDocument> = {
  model: 'conformance',
  indexes: {},
  contributions(before, after) {
    const known = before?.deviations.length ?? 0;
    if (after.deviations.length === known) return [];
    const add: (readonly [string, number])[] = after.deviations
      .slice(known)
      .flatMap(({ code, department }) => [[code, 1] as const, [`${code}|${department ?? ''}`, 1] as const]);
    if (known === 0) add.push(['projects', 1]);
    return [{ lines: linesOfRegions(after.region), add }];
  },
};
