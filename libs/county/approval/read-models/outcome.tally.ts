import { LRUCache } from 'lru-cache';
import {
  getOrMake,
  type Tally,
  type TallyDocument,
  type TallyLine,
  type Model,
} from '#libs/engine/event-sourcing';
import { dayOf, numberOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { regionAndAncestors } from '#libs/law/catalogue';
import { type ApplicationDocument } from './application.document.js';
import { onDay } from './on-day.js';

export const outcomes: Model<OutcomeDocument> = { model: 'outcomes' };

/**
 * What became of the applications of one matter that ended in one month (`period`, YYYY-MM) in one region and all below it.
 * Counters, each with its legal day behind it (`cases@07`): `cases` (decided or closed), and of these the sums `acts`,
 * `handOffs`, `supplements`, the numbers `supplemented` (asked for more at least once), `onTime`, `late`, and `d…`,
 * the working days they took; `withdrawn` and `notAccepted` applications ran no course and count nowhere else.
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
  if (ended.latePromised !== null) counters.push([ended.latePromised ? 'late' : 'onTime', 1]);
  return counters.filter(([, by]) => by !== 0);
}

/** Kept, so that what many applications of a matter add to the same lines is added up once. */
const knownLines = new LRUCache<string, readonly TallyLine[]>({ max: 20_000 });

function linesOf(code: string, matter: string, period: string): readonly TallyLine[] {
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
