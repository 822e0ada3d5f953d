import { type Holder, isExpired, isGovernment } from '#libs/county/approval';
import { dayOf, dayOfNumber, endOfDay, numberOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { EVERYWHERE } from '#libs/law/catalogue';
import { filteredPage, pageAsOf, type ReadModels } from '#libs/engine/event-sourcing';
import { STALL_CAUSES, type StallCause } from './stall.causes.js';
import { type EventEvidence } from '../answers/event-evidence.js';
import { type StallCase, type StallDocument, stalls } from './stall.projection.js';
import { explainStall } from './stall.rules.js';

/** One project that does not move, by the application in which nothing has happened for longest. */
export type StalledItem = {
  readonly project: string;
  readonly projectName: string;
  readonly application: string;
  readonly matter: string;
  readonly cause: StallCause;
  /** The cause in Chinese. */
  readonly causeZh: string;
  readonly holder: Holder;
  /** The last act in the application, ISO instant, and the working days since. */
  readonly since: string;
  readonly workingDays: number;
  readonly keyProject: boolean;
  readonly evidence: readonly EventEvidence[];
};

export type StalledPage = { readonly items: readonly StalledItem[]; readonly nextCursor: string | null };

export type StalledQuery = {
  /** Default everywhere. */
  readonly region?: string;
  /** True: key projects (重点项目) only; false: the others only. */
  readonly key?: boolean;
  /** Working days without any act that make a standstill. */
  readonly workingDays: number;
  readonly now: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

const INDEXES = [
  { index: 'key', by: ['keyIn'] },
  { index: 'region', by: ['regions'] },
] as const;

/** The models it rests on, for `asOf`. */
export const STALL_MODELS = [stalls] as const;

/**
 * Projects in which nothing has happened for at least a number of working days while it was the government's turn, the longest
 * first. One index finds them; nothing else is read.
 */
export function stalledProjects(
  models: ReadModels,
  calendar: WorkingCalendar,
  query: StalledQuery,
): Promise<StalledPage> {
  const { region = EVERYWHERE, key, workingDays, limit, ...asked } = query;
  return pageAsOf(asked, async ({ now, cursor }) => {
    const { items, nextCursor } = await filteredPage(models, stalls, {
      conditions: key === true ? { keyIn: region } : { regions: region },
      indexes: INDEXES,
      keep: ({ keyIn }) => key !== false || keyIn.length === 0,
      range: { lt: idleSince(calendar, now, workingDays) },
      ...{ limit, cursor },
    });
    return { items: items.map((document) => itemOf(document, calendar, now)), nextCursor };
  });
}

/** The instant before which the last act lies when `days` working days have passed since: the end of a legal day. */
export function idleSince(calendar: WorkingCalendar, now: string, days: number): string {
  const today = numberOfDay(dayOf(now));
  let number = today;
  while (calendar.workingDaysAfter(number, today) < days) number -= 1;
  return endOfDay(dayOfNumber(number));
}

/** Why a project waits for the government, and for how long; null while it does not. */
export const standstillOf = (
  document: StallDocument,
  calendar: WorkingCalendar,
  now: string,
): StalledItem | null =>
  document.cases.some(({ holder }) => isGovernment(holder)) ? itemOf(document, calendar, now) : null;

function itemOf(document: StallDocument, calendar: WorkingCalendar, now: string): StalledItem {
  const stalled = document.cases
    .filter(({ holder }) => isGovernment(holder))
    .reduce<StallCase | null>(
      (longest, one) => (longest === null || precedes(one, longest) ? one : longest),
      null,
    );
  if (stalled === null) throw new Error(`${document.id} waits for the government and no case of it does`);
  const { cause, evidence } = explainStall(stalled, grantedOn(document, dayOf(now)));
  const since = stalled.last.occurredAt;
  return {
    project: document.id,
    projectName: document.name,
    application: stalled.application,
    matter: stalled.matter,
    cause,
    causeZh: STALL_CAUSES[cause],
    holder: stalled.holder,
    since,
    workingDays: calendar.workingDaysAfter(numberOfDay(dayOf(since)), numberOfDay(dayOf(now))),
    keyProject: document.keyIn.length > 0,
    evidence,
  };
}

/** The matters whose grant is in force on a day. */
const grantedOn = ({ granted, ends = {} }: StallDocument, day: string): ReadonlySet<string> =>
  new Set(granted.filter((one) => !isExpired(ends[one] ?? {}, day)));

function precedes(a: StallCase, b: StallCase): boolean {
  if (a.last.occurredAt !== b.last.occurredAt) return a.last.occurredAt < b.last.occurredAt;
  return a.application < b.application;
}
