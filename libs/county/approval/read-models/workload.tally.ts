import { dayOf } from '#libs/law/calendar';
import { CASE_WORKERS } from '#libs/shell/roles';
import {
  type Contribution,
  type Recorded,
  type StoredEvent,
  type Tally,
  type TallyDocument,
} from '#libs/engine/event-sourcing';
import { type ApplicationEvent } from '../application/application.events.js';
import { type Held, stretchEnded, stretchParts } from '../core/holder.js';
import { isSignal } from '../signals/signals.events.js';
import { type ApplicationDocument } from './application.document.js';
import { handlingCounters } from './handling-time.js';
import { onDay } from './on-day.js';
import { openCounters } from './open-deadlines.js';
import { type Desk, deskLines, type WorkLabels } from './work-lines.js';

/** The period of the line that counts everything; the others are months, YYYY-MM. */
export const ALL_TIME = 'all';

/**
 * Work of one department, post or person in one region and period. Counters: `events` (acts recorded by its people), `done`,
 * `onTime`, `late` (applications that ended in its hands), `returns`, `sendBacks`, `supplements`, `transfers`, `backEntries`,
 * `escalations`, `h…` and `s…` (stretches of custody that ended, by length, see handling-time.ts). The line of all time also
 * has the stock: `open`, `due:{day}`, `yellow:{day}`. A month keeps its legal days apart: `events@07`; the month is their sum.
 * So one document a month serves both, and an import that goes through the years touches few.
 */
export type WorkloadDocument = TallyDocument & WorkLabels;

/** Pairs, since an event names counters (days, buckets) that no other event names together. */
type Counters = (readonly [counter: string, by: number])[];

/** What one event adds for one desk. Its department, post and person count alike, so they share the counters. */
type Share = { readonly desk: Desk; readonly allTime: Counters; month: Counters | null };

/** What one event adds, desk by desk. */
class Shares {
  readonly #shares: Share[] = [];

  constructor(private readonly day: string) {}

  flow(desk: Desk, counter: string, by = 1): void {
    if (isNobodys(desk)) return;
    const share = this.#of(desk);
    share.allTime.push([counter, by]);
    (share.month ??= []).push([onDay(counter, this.day), by]);
  }

  stock(desk: Desk, counter: string, by: 1 | -1): void {
    if (isNobodys(desk)) return;
    this.#of(desk).allTime.push([counter, by]);
  }

  /** One for each desk and period: two desks of one department name its line twice. */
  contributions(region: string): readonly Contribution[] {
    const contributions: Contribution[] = [];
    for (const { desk, allTime, month } of this.#shares) {
      const lines = deskLines(region, desk);
      contributions.push({ lines: lines.in(ALL_TIME), add: allTime });
      if (month !== null) contributions.push({ lines: lines.in(this.day.slice(0, 7)), add: month });
    }
    return contributions;
  }

  #of(desk: Desk): Share {
    for (const share of this.#shares) if (sameDesk(share.desk, desk)) return share;
    const share: Share = { desk, allTime: [], month: null };
    this.#shares.push(share);
    return share;
  }
}

/** Acts that say something about the work of who does them, by the counter they raise. */
const COUNTED_ACTS: { readonly [type: string]: string | undefined } = {
  ApplicationReturned: 'returns',
  ApplicationSentBack: 'sendBacks',
  SupplementRequested: 'supplements',
  ApplicationTransferred: 'transfers',
  BackEntryRecorded: 'backEntries',
} satisfies { readonly [Type in ApplicationEvent['type']]?: string };

/** A log that names no departments names persons: their work is counted in a line for department null. */
const isNobodys = ({ department, person }: Desk): boolean => department === null && person === null;

/** The desk on which an application lies: the holder's, and the deciding department's while the applicant holds it. */
function deskOf({ responsible, holder }: ApplicationDocument): Desk {
  const held = holder?.party === 'department' && holder.department === responsible;
  return {
    department: responsible,
    post: held ? holder.post : null,
    person: held ? holder.person : null,
  };
}

function sameDesk(a: Desk, b: Desk): boolean {
  return a.department === b.department && a.post === b.post && a.person === b.person;
}

/** Without a department there are applicants too, and the end that a log gives a case, which is not the row of a person. */
function isWork({ type, metadata: { actor } }: StoredEvent): boolean {
  if (actor.department !== null) return true;
  return CASE_WORKERS.some((role) => role === actor.role) && type !== 'ApplicationClosed';
}

function countAct(shares: Shares, event: StoredEvent, before: ApplicationDocument | null): void {
  const { actor } = event.metadata;
  const act = COUNTED_ACTS[event.type];
  if (isWork(event)) shares.flow(actor, 'events');
  if (isWork(event) && act !== undefined) shares.flow(actor, act);
  // An escalation is called for by others: it counts for the desk it is about.
  if (event.type === 'ApplicationEscalated' && before) shares.flow(deskOf(before), 'escalations');
}

/**
 * Without a department, only time of a person counts: not that of an applicant, and not the moment in which an imported case ends
 * as it begins.
 */
function countStretch(shares: Shares, { by, from, to }: Held): void {
  if (by.department === null && (by.party !== 'department' || from === to)) return;
  for (const [counter, amount] of handlingCounters(from, to)) shares.flow(by, counter, amount);
}

function countEnd(shares: Shares, before: ApplicationDocument, after: ApplicationDocument): void {
  const desk = deskOf(before);
  shares.flow(desk, 'done');
  if (after.latePromised !== null) shares.flow(desk, after.latePromised ? 'late' : 'onTime');
}

function countStock(shares: Shares, before: ApplicationDocument | null, after: ApplicationDocument): void {
  const was = before?.open ? before : null;
  const is = after.open ? after : null;
  if (was && is && was.due === is.due && sameDesk(deskOf(was), deskOf(is))) return;
  if (was) moveStock(shares, was, -1);
  if (is) moveStock(shares, is, 1);
}

function moveStock(shares: Shares, document: ApplicationDocument, by: 1 | -1): void {
  const desk = deskOf(document);
  for (const counter of openCounters(document)) shares.stock(desk, counter, by);
}

/** The stretch that an event ended, if it moves the application at all. */
function endedParts(event: StoredEvent): readonly Held[] {
  const { data } = event as Recorded<ApplicationEvent>;
  if (!('custody' in data)) return [];
  return stretchParts(stretchEnded(data), 'begunAt' in data ? data.begunAt : undefined);
}

/** Workload of departments, posts and persons, of all time and by month and legal day of `occurredAt`. */
export const workloadTally: Tally<ApplicationDocument, WorkloadDocument> = {
  model: 'workload',
  indexes: {
    period: { equals: ['level', 'period'], range: 'region' },
    department: { equals: ['level', 'department'], range: 'period' },
  },
  contributions(before, after, event) {
    // A signal is not a person's work, and changes no holder.
    if (isSignal(event)) return [];
    const shares = new Shares(dayOf(event.metadata.occurredAt));
    countAct(shares, event, before);
    for (const part of endedParts(event)) countStretch(shares, part);
    if (before?.open && !after.open) countEnd(shares, before, after);
    countStock(shares, before, after);
    return shares.contributions(after.region);
  },
};
