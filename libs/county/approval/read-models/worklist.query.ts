import {
  type Conditions,
  indexFor,
  InvalidQuery,
  meets,
  pageAsOf,
  type Query,
  type ReadModels,
} from '#libs/engine/event-sourcing';
import { type Day, dayOf, type Lamp, lampAt, type WorkingCalendar } from '#libs/law/calendar';
import { type NamedOrganisation, organisationOf } from '#libs/county/identity';
import { EVERYWHERE } from '#libs/law/catalogue';
import { type Stage } from '../core/stage.js';
import { type ApplicationDocument, applications } from './application.document.js';
import { newRound, type NextStep, nextStep } from './next-step.js';
import { acceptBy, type DaysLeft, daysLeft } from './shown-days.js';
import { type CaseNames, namesOfCase } from './shown-names.js';
import { type ShownNumbers, shownNumbers } from './shown-permit.js';

/** Whose worklist: all fields given apply together. `000000` means every region and filters nothing. */
export type WorklistOf = {
  readonly department?: string | undefined;
  readonly person?: string | undefined;
  readonly region?: string | undefined;
  readonly applicant?: string | undefined;
  /** Applications on which this department’s opinion is awaited. */
  readonly awaiting?: string | undefined;
};

export type WorklistQuery = {
  readonly of: WorklistOf;
  readonly lamp?: Lamp;
  readonly stage?: Stage;
  /** Which applications the one who asks may see; left out: all of the list. */
  readonly seen?: (application: ApplicationDocument) => boolean;
  /** Default true: applications that have not ended. */
  readonly open?: boolean;
  /** ISO instant that lamps are read at. */
  readonly now: string;
  /** 1 to 1000. */
  readonly limit: number;
  readonly cursor?: string | null;
};

/** An application with its lamp; ended applications have none. */
export type WorklistItem = ApplicationDocument & { readonly lamp: Lamp | null };

export type Worklist = { readonly items: readonly WorklistItem[]; readonly nextCursor: string | null };

/** Pages of the index that one page of answers may look through when a filter leaves most of them out. */
const PAGES_LOOKED_THROUGH = 3;

/**
 * Applications on the fast track (快速通道), then all others, in each by due date, the earliest first, those without one last.
 * The bounds on due dates serve the lamps as far as an index can; the rest is filtered, and so that no request reads a
 * whole county, a page may be short: it ends where `nextCursor` is null, not where items are few.
 * @throws InvalidQuery
 */
export function worklist(models: ReadModels, query: WorklistQuery): Promise<Worklist> {
  return pageAsOf(query, (page) => pageOf(models, { ...query, ...page }));
}

async function pageOf(models: ReadModels, query: WorklistQuery): Promise<Worklist> {
  const { limit } = query;
  const items: WorklistItem[] = [];
  let { fastTrack, cursor } = placeOf(query.cursor ?? null);
  for (let looked = 0; looked < PAGES_LOOKED_THROUGH; looked++) {
    const page = await models.find(applications, {
      ...indexOf(query, fastTrack),
      range: rangeOf(query),
      limit: limit - items.length,
      cursor,
    });
    for (const document of page.items) {
      const item = matchesFilter(document, query);
      if (item !== null) items.push(item);
    }
    cursor = page.nextCursor;
    if (cursor === null && !fastTrack) return { items, nextCursor: null };
    if (cursor === null) fastTrack = false;
    if (items.length === limit) break;
  }
  return { items, nextCursor: `${fastTrack ? FAST : ORDINARY}${cursor ?? ''}` };
}

const FAST = 'f';

const ORDINARY = 'o';

/** Where a page begins: on which of the two tracks, and after which application of it. */
function placeOf(cursor: string | null): { fastTrack: boolean; cursor: string | null } {
  if (cursor === null) return { fastTrack: true, cursor: null };
  const track = cursor.slice(0, 1);
  if (track !== FAST && track !== ORDINARY) throw new InvalidQuery('the cursor is not one of this list');
  return { fastTrack: track === FAST, cursor: cursor.slice(1) || null };
}

export function withLamp(document: ApplicationDocument, now: string): WorklistItem {
  return { ...document, lamp: document.open ? lampAt(document.due, now) : null };
}

/** The bounds on due dates that serve the lamp asked for. */
export function rangeOf({ lamp, now }: Pick<WorklistQuery, 'lamp' | 'now'>): NonNullable<Query['range']> {
  if (lamp === undefined) return {};
  return lamp === 'red' ? { lt: now } : { gte: now };
}

/** The application with its lamp, if it is of the list that is asked for, and may be seen. */
export function matchesFilter(
  document: ApplicationDocument,
  query: Omit<WorklistQuery, 'limit'>,
): WorklistItem | null {
  const { lamp, now, seen } = query;
  if (seen?.(document) === false || !meets(document, conditionsOf(query))) return null;
  const item = withLamp(document, now);
  return lamp === undefined || item.lamp === lamp ? item : null;
}

function conditionsOf({ of, open = true, stage }: Pick<WorklistQuery, 'of' | 'open' | 'stage'>): Conditions {
  const { department: responsible, person, region = EVERYWHERE, applicant, awaiting } = of;
  return { responsible, person, regions: region, applicant, awaiting, open, stage };
}

/** From the narrowest; each is read for one track after the other. */
const INDEXES = (['person', 'awaiting', 'applicant', 'responsible', 'regions'] as const).map((field) => ({
  index: field === 'regions' ? 'region' : field,
  by: [field, 'open', 'fastTrack'],
}));

/** The index of one track of a worklist. */
export function indexOf(query: WorklistQuery, fastTrack: boolean): Pick<Query, 'index' | 'equals'> {
  return indexFor(INDEXES, { ...conditionsOf(query), fastTrack });
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
