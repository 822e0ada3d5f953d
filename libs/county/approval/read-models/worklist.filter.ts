import { type Conditions, holdsEveryWord, indexFor, meets, type Query } from '#libs/engine/event-sourcing';
import { type Day, endOfDay, type Lamp, lampAt, startOfDay } from '#libs/law/calendar';
import { EVERYWHERE } from '#libs/law/catalogue';
import { type Stage } from '../core/stage.js';
import { withoutActs } from './application.acted.js';
import { type ActedApplication, type ApplicationDocument } from './application.document.js';
import { NO_DUE_DATE } from './open-deadlines.js';

/** Whose worklist: all fields given apply together. `000000` means every region and filters nothing. */
export type WorklistOf = {
  readonly department?: string | undefined;
  readonly person?: string | undefined;
  readonly region?: string | undefined;
  readonly applicant?: string | undefined;
  /** Applications on which this department’s opinion is awaited. */
  readonly awaiting?: string | undefined;
};

/** What a worklist holds: all that is given applies together. */
export type WorklistFilter = {
  readonly of: WorklistOf;
  /** Any of these. */
  readonly lamps?: readonly Lamp[];
  readonly stages?: readonly Stage[];
  /** Default true: applications that have not ended; of those that a person acted on, all. */
  readonly open?: boolean;
  readonly matter?: string;
  readonly project?: string;
  /** Words, all of which are in its id, its project, its matter or one of its numbers. */
  readonly q?: string;
  /** Its last legal day is before, and after, these days. What has no term is on neither side. */
  readonly dueBefore?: Day;
  readonly dueAfter?: Day;
  /** 未派: under review in a department, and no person of it has it. */
  readonly unassigned?: boolean;
  /** A person recorded an act in it, since an instant. */
  readonly actedBy?: { readonly person: string; readonly since: string | null };
  /** Which applications the one who asks may see; left out: all of the list. */
  readonly seen?: (application: ApplicationDocument) => boolean;
  /** ISO instant that lamps are read at. */
  readonly now: string;
};

/** An application with its lamp; ended applications have none. */
export type WorklistItem = Omit<ApplicationDocument, keyof ActedApplication> & { readonly lamp: Lamp | null };

export function withLamp(document: ApplicationDocument, now: string): WorklistItem {
  return { ...withoutActs(document), lamp: document.open ? lampAt(document.due, now) : null };
}

/** The bounds on due dates that serve the lamps and days asked for. */
export function rangeOf({
  lamps,
  dueBefore,
  dueAfter,
  now,
}: Pick<WorklistFilter, 'lamps' | 'dueBefore' | 'dueAfter' | 'now'>): NonNullable<Query['range']> {
  const isRed = lamps !== undefined && lamps.every((lamp) => lamp === 'red');
  const isNotRed = lamps !== undefined && !lamps.includes('red');
  // 24:00 of the day before is the beginning of a day.
  const latest = [
    ...(isRed ? [now] : []),
    ...(dueBefore === undefined ? [] : [startOfDay(dueBefore)]),
  ].sort();
  const earliest = [
    ...(isNotRed ? [now] : []),
    ...(dueAfter === undefined ? [] : [endOfDay(dueAfter)]),
  ].sort();
  const [lte, gte] = [latest[0], earliest.at(-1)];
  return { ...(lte !== undefined && { lte }), ...(gte !== undefined && { gte }) };
}

/** The application with its lamp, if it is of the list that is asked for, and may be seen. */
export function matchesFilter(document: ApplicationDocument, filter: WorklistFilter): WorklistItem | null {
  const { lamps, stages, unassigned, now, seen } = filter;
  if (!meets(document, conditionsOf(filter)) || seen?.(document) === false) return null;
  if (stages !== undefined && !stages.includes(document.stage)) return null;
  if (unassigned !== undefined && isUnassigned(document) !== unassigned) return null;
  if (!isDueBetween(document, filter) || !wasActedOn(document, filter) || !holdsWords(document, filter.q))
    return null;
  const item = withLamp(document, now);
  return lamps === undefined || (item.lamp !== null && lamps.includes(item.lamp)) ? item : null;
}

/** 未派: what a department reviews without a person who does it. */
export const isUnassigned = ({
  open,
  stage,
  holder,
  reviewer,
}: Pick<ApplicationDocument, 'open' | 'stage' | 'holder' | 'reviewer'>): boolean =>
  open &&
  stage === 'accepted' &&
  holder?.party === 'department' &&
  holder.person === null &&
  reviewer === null;

function isDueBetween({ dueAt }: ApplicationDocument, { dueBefore, dueAfter }: WorklistFilter): boolean {
  if (dueBefore === undefined && dueAfter === undefined) return true;
  if (dueAt === NO_DUE_DATE) return false;
  return (
    (dueBefore === undefined || dueAt <= startOfDay(dueBefore)) &&
    (dueAfter === undefined || dueAt > endOfDay(dueAfter))
  );
}

function wasActedOn({ acted = [] }: ApplicationDocument, { actedBy }: WorklistFilter): boolean {
  if (actedBy === undefined) return true;
  const { person, since } = actedBy;
  return acted.some((one) => one.person === person && (since === null || one.at >= since));
}

function holdsWords(document: ApplicationDocument, q: string | undefined): boolean {
  if (q === undefined) return true;
  const { id, project, projectName, matter, matterName } = document;
  const { receiptNumber = '', decisionNumber = '', permitNumber = '' } = document;
  const texts = [id, project, projectName, matter, matterName, receiptNumber, decisionNumber, permitNumber];
  return holdsEveryWord(texts, q);
}

/** Whether ended applications are in it, or open ones, or both. */
export const openOf = ({ open, actedBy }: Pick<WorklistFilter, 'open' | 'actedBy'>): boolean | undefined =>
  open ?? (actedBy === undefined ? true : undefined);

function conditionsOf(
  filter: Pick<WorklistFilter, 'of' | 'open' | 'actedBy' | 'matter' | 'project'>,
): Conditions {
  const { matter, project } = filter;
  const { department: responsible, person, region = EVERYWHERE, applicant, awaiting } = filter.of;
  const whose = { responsible, person, regions: region, applicant, awaiting };
  return { ...whose, open: openOf(filter), matter, project };
}

/** From the narrowest; each is read for one track after the other. */
const INDEXES = (['person', 'awaiting', 'applicant', 'responsible', 'regions'] as const).map((field) => ({
  index: field === 'regions' ? 'region' : field,
  by: [field, 'open', 'fastTrack'],
}));

/** The index of one track of a worklist. */
export function indexOf(
  filter: Pick<WorklistFilter, 'of'>,
  { open, fastTrack }: { readonly open: boolean; readonly fastTrack: boolean },
): Pick<Query, 'index' | 'equals'> {
  return indexFor(INDEXES, { ...conditionsOf(filter), open, fastTrack });
}
