import { LRUCache } from 'lru-cache';
import {
  getOrMake,
  type Tally,
  type TallyDocument,
  type TallyLine,
  type Model,
} from '#libs/engine/event-sourcing';
import { dayOf, numberOfDay, startClock, StatutoryClock, type WorkingCalendar } from '#libs/law/calendar';
import { regionAndAncestors } from '#libs/law/catalogue';
import { excluded } from '../clock/due.js';
import { type ApplicationDocument } from './application.document.js';
import { onDay } from './on-day.js';

export const outcomes: Model<OutcomeDocument> = { model: 'outcomes' };

/**
 * What became of the applications of one matter that ended in one month (`period`, YYYY-MM) in one region and all below it.
 * Counters, each with its legal day behind it (`cases@07`): `cases` (decided or closed), and of these the sums `acts`,
 * `handOffs`, `supplements`, the numbers `supplemented` (asked for more at least once), `onTime`, `late`, and `d…`,
 * the working days they took, and `u…`, those that the clock of accepted ones counted; `withdrawn` and `notAccepted` applications ran no course and count nowhere else.
 */
export type OutcomeDocument = TallyDocument & {
  readonly region: string;
  readonly matter: string;
  readonly period: string;
};

export function outcomeId(region: string, matter: string, period: string): string {
  return `${region}|${matter}|${period}`;
}

/** Counters of applications by the working days they took. */
export const DAYS_COUNTER = /^d(\d+)$/;

/** Counters of accepted applications by the working days that their clock counted. */
export const USED_DAYS_COUNTER = /^u(\d+)$/;

/** Working days from acceptance to the end as the statutory clock counts them; null where it was never accepted. */
function usedDays(calendar: WorkingCalendar, ended: ApplicationDocument, endedAt: string): number | null {
  const { acceptedAt, extensions } = ended;
  if (acceptedAt === null) return null;
  const ledger = startClock({ days: 0, unit: 'working-day', start: 'acceptance' }, acceptedAt);
  const suspensions = excluded(ended);
  const clock = new StatutoryClock({ ...ledger, suspensions, extensions, stoppedAt: endedAt }, calendar);
  return Math.max(0, clock.daysUsed(endedAt));
}

/** 办理时长 runs from acceptance, or from receipt if the term does or there was no acceptance. */
function beganAt({ terms, submittedAt, acceptedAt }: ApplicationDocument): string {
  const { start } = terms.promised ?? terms.statutory ?? { start: 'acceptance' };
  return start === 'receipt' ? submittedAt : (acceptedAt ?? submittedAt);
}

function countersOf(
  calendar: WorkingCalendar,
  ended: ApplicationDocument,
  endedAt: string,
): [string, number][] {
  if (ended.stage === 'withdrawn') return [['withdrawn', 1]];
  if (ended.stage === 'not-accepted') return [['notAccepted', 1]];
  const from = numberOfDay(dayOf(beganAt(ended)));
  const days = Math.max(0, calendar.workingDaysAfter(from, numberOfDay(dayOf(endedAt))));
  const counters: [string, number][] = [
    ['cases', 1],
    [`d${days}`, 1],
    ['acts', ended.acts],
    ['handOffs', ended.handOffs],
    ['supplements', ended.supplementRounds],
    ['supplemented', ended.supplementRounds > 0 ? 1 : 0],
  ];
  const used = usedDays(calendar, ended, endedAt);
  if (used !== null) counters.push([`u${used}`, 1]);
  if (ended.latePromised !== null) counters.push([ended.latePromised ? 'late' : 'onTime', 1]);
  return counters.filter(([, by]) => by !== 0);
}

/** Kept, so that what many applications of a matter add to the same lines is added up once. */
const knownLines = new LRUCache<string, readonly TallyLine[]>({ max: 20_000 });

/** The lines of a matter in a region and all that it rolls up to, in one month. */
export function linesOf(code: string, matter: string, period: string): readonly TallyLine[] {
  return getOrMake(knownLines, outcomeId(code, matter, period), () =>
    regionAndAncestors(code).map((region) => ({
      id: outcomeId(region, matter, period),
      labels: { region, matter, period },
    })),
  );
}

/** Adds when an application ends and never else: the scorecard of every matter and the effect of a change rest on it. */
export function outcomeTally(calendar: WorkingCalendar): Tally<ApplicationDocument> {
  return {
    model: outcomes.model,
    indexes: {},
    contributions(before, after) {
      if (after.endedAt === null || before?.open !== true || after.open) return [];
      const day = dayOf(after.endedAt);
      const period = day.slice(0, 7);
      const add = countersOf(calendar, after, after.endedAt).map(
        ([counter, by]) => [onDay(counter, day), by] as const,
      );
      return [{ lines: linesOf(after.region, after.matter, period), add }];
    },
  };
}
