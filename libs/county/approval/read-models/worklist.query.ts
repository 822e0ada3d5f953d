import { InvalidQuery, keptPage, pageAsOf, type ReadModels } from '#libs/engine/event-sourcing';
import { type Day, dayOf, type WorkingCalendar } from '#libs/law/calendar';
import { type NamedOrganisation, organisationOf } from '#libs/county/identity';
import { type ApplicationDocument, applications } from './application.document.js';
import { newRound, type NextStep, nextStep } from './next-step.js';
import { acceptBy, type DaysLeft, daysLeft } from './shown-days.js';
import { type CaseNames, namesOfCase } from './shown-names.js';
import { type ShownNumbers, shownNumbers } from './shown-permit.js';
import {
  indexOf,
  matchesFilter,
  rangeOf,
  type WorklistFilter,
  type WorklistItem,
  withLamp,
} from './worklist.filter.js';

export type WorklistQuery = WorklistFilter & {
  /** 1 to 1000. */
  readonly limit: number;
  readonly cursor?: string | null;
};

export type Worklist = { readonly items: readonly WorklistItem[]; readonly nextCursor: string | null };

/**
 * Applications on the fast track (快速通道), then all others, in each by due date, the earliest first, those without one last.
 * The bounds on due dates serve the lamps as far as an index can; the rest is filtered, and so that no request reads a
 * whole county, a page looks at so many documents at most: it ends where `nextCursor` is null, not where items are few.
 * @throws InvalidQuery
 */
export function worklist(models: Pick<ReadModels, 'find'>, query: WorklistQuery): Promise<Worklist> {
  return pageAsOf(query, (page) => pageOf(models, { ...query, ...page }));
}

async function pageOf(models: Pick<ReadModels, 'find'>, query: WorklistQuery): Promise<Worklist> {
  const { limit, open = true } = query;
  const start = placeOf(query.cursor ?? null);
  const track = (fastTrack: boolean, most: number, cursor: string | null) =>
    keptPage(
      models,
      applications,
      { ...indexOf(query, { open, fastTrack }), range: rangeOf(query), limit: most, cursor },
      (document) => matchesFilter(document, query) !== null,
    );
  const fast = start.fastTrack ? await track(true, limit, start.cursor) : NONE;
  if (fast.nextCursor !== null) return shownPage(fast.items, `${FAST}${fast.nextCursor}`, query);
  const room = limit - fast.items.length;
  const rest = await track(false, Math.max(room, 1), start.fastTrack ? null : start.cursor);
  // A full page goes on with the other track, if that holds anything.
  if (room === 0) {
    const isMore = rest.items.length > 0 || rest.nextCursor !== null;
    return shownPage(fast.items, isMore ? ORDINARY : null, query);
  }
  const { nextCursor } = rest;
  return shownPage([...fast.items, ...rest.items], nextCursor && `${ORDINARY}${nextCursor}`, query);
}

const NONE: { readonly items: readonly ApplicationDocument[]; readonly nextCursor: string | null } = {
  items: [],
  nextCursor: null,
};

const shownPage = (
  items: readonly ApplicationDocument[],
  nextCursor: string | null,
  { now }: WorklistQuery,
): Worklist => ({ items: items.map((document) => withLamp(document, now)), nextCursor });

const FAST = 'f';

const ORDINARY = 'o';

/** Where a page begins: on which of the two tracks, and after which application of it. */
function placeOf(cursor: string | null): { fastTrack: boolean; cursor: string | null } {
  if (cursor === null) return { fastTrack: true, cursor: null };
  const track = cursor.slice(0, 1);
  if (track !== FAST && track !== ORDINARY) throw new InvalidQuery('the cursor is not one of this list');
  return { fastTrack: track === FAST, cursor: cursor.slice(1) || null };
}

/** An application with who acts next on it, and what its applicant has to do; null when no step is left. */
export type ApplicationAnswer = Omit<WorklistItem, keyof ShownNumbers | keyof CaseNames> &
  ShownNumbers &
  CaseNames & {
    /** 申请单位; null where a natural person applies. */
    readonly organisation: NamedOrganisation | null;
    readonly next: NextStep | null;
    readonly daysLeft: DaysLeft | null;
    /** The last legal day on which it may be accepted, or everything missing be asked for; null when no such term runs. */
    readonly acceptBy: Day | null;
  };

type Sources = {
  readonly models: Pick<ReadModels, 'get' | 'getMany'>;
  readonly calendar: WorkingCalendar;
  /** ISO instant. */
  readonly now: () => string;
};

/** One application as it stands; null when it was never submitted. */
export async function findApplication(
  { models, calendar, now }: Sources,
  id: string,
): Promise<ApplicationAnswer | null> {
  const document = await models.get(applications, id);
  if (document === null) return null;
  const day = dayOf(now());
  const next = nextStep(document, calendar) ?? newRound(document, day);
  const isFollowed =
    next?.application !== undefined && (await models.get(applications, next.application)) !== null;
  const names = await namesOfCase(models, document);
  return {
    ...withLamp(document, now()),
    ...shownNumbers(document, day),
    ...names,
    organisation: await organisationOf(models, document.applicant),
    next: isFollowed ? null : next,
    daysLeft: daysLeft(document, calendar, now()),
    acceptBy: acceptBy(document, calendar),
  };
}
