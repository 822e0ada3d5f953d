import { LRUCache } from 'lru-cache';
import { getOrMake, type Tally, type TallyDocument, type TallyLine } from '#libs/engine/event-sourcing';
import { regionAndAncestors } from '#libs/law/catalogue';
import { type ApplicationDocument } from './application.document.js';
import { openCounters } from './open-deadlines.js';

/** Open applications of one region, everything below it included, by the day on which they fall due or turn yellow. */
export type DeadlineDocument = TallyDocument & {
  readonly region: string;
  /** What those days were reckoned with. */
  readonly calendarVersion: string;
};

/** Kept, so that what many applications of a region add to the same lines is added up once. */
const knownLines = new LRUCache<string, readonly TallyLine[]>({ max: 10_000 });

function linesOf({ region: code, calendarVersion }: ApplicationDocument): readonly TallyLine[] {
  return getOrMake(knownLines, `${code}|${calendarVersion}`, () =>
    regionAndAncestors(code).map((region) => ({ id: region, labels: { region, calendarVersion } })),
  );
}

/** For the lamps of a whole region: one small document, whatever the number of applications. Id: the region's code. */
export const deadlineTally: Tally<ApplicationDocument, DeadlineDocument> = {
  model: 'deadlines',
  indexes: {},
  contributions(before, after) {
    const was = before?.open ? before : null;
    const is = after.open ? after : null;
    if (was && is && was.due === is.due) return [];
    const add: (readonly [string, number])[] = [];
    for (const counter of was ? openCounters(was) : []) add.push([counter, -1]);
    for (const counter of is ? openCounters(is) : []) add.push([counter, 1]);
    return [{ lines: linesOf(after), add }];
  },
};
