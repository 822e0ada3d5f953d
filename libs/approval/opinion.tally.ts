import { workingMinutes, type WorkingCalendar } from '#libs/calendar';
import { type Recorded, type StoredEvent, type Tally, type TallyDocument } from '#libs/event-sourcing';
import { type ApplicationDocument } from './application.document.js';
import { type ConsultationEvent } from './consultation.events.js';
import { openConsultation } from './consultation.state.js';
import { handlingBucket } from './handling-time.js';
import { legalDay } from './legal-day.js';
import { onDay } from './on-day.js';

/**
 * Opinions that one department was asked for (征求意见) in one month (`period`, YYYY-MM), in a region and all below it.
 * Whatever became of an opinion counts on the legal day it was asked (`asked@07`), so that its parts sum to `asked`:
 * `inTime`, `late`, `silent` (the deadline passed; an answer after it makes it late), `lapsed` (the case ended first),
 * and what is still awaited. `minutes` and `h…` are the working minutes that answers took, see handling-time.ts.
 */
export type OpinionDocument = TallyDocument & {
  readonly region: string;
  readonly department: string;
  readonly period: string;
};

type Counters = readonly (readonly [counter: string, by: number])[];
/** What an event changes for each of these departments. */
type Change = { readonly departments: readonly string[]; readonly counters: Counters };

const CONSULTATION_EVENTS: readonly string[] = [
  'ConsultationRequested',
  'ConsultationAnswered',
  'ConsultationOverdue',
] satisfies ConsultationEvent['type'][];

function answered(
  calendar: WorkingCalendar,
  before: ApplicationDocument,
  at: string,
  late: boolean,
): Counters {
  const { consultation } = before;
  if (consultation === undefined) return [];
  const minutes = Math.max(0, workingMinutes(consultation.requestedAt, at, calendar));
  const counters: [string, number][] = [
    [late ? 'late' : 'inTime', 1],
    ['minutes', minutes],
    [handlingBucket(minutes), 1],
  ];
  if (consultation.overdue) counters.push(['silent', -1]);
  else if (!before.open) counters.push(['lapsed', -1]);
  return counters;
}

function changeOf(
  calendar: WorkingCalendar,
  before: ApplicationDocument | null,
  event: StoredEvent,
): Change | null {
  const { type, data, metadata } = event as Recorded<ConsultationEvent>;
  switch (type) {
    case 'ConsultationRequested':
      return { departments: data.departments, counters: [['asked', 1]] };
    case 'ConsultationOverdue':
      return { departments: data.departments, counters: [['silent', 1]] };
    case 'ConsultationAnswered':
      return (
        before && {
          departments: [data.department],
          counters: answered(calendar, before, metadata.occurredAt, data.late),
        }
      );
    default:
      // Any other event: the end of a case whose lead still waited.
      return {
        departments: (before && openConsultation(before)?.outstanding) ?? [],
        counters: [['lapsed', 1]],
      };
  }
}

/** Adds when an opinion is asked, given or not given, or is no longer needed; never else. */
export function opinionTally(calendar: WorkingCalendar): Tally<ApplicationDocument> {
  return {
    model: 'opinions',
    indexes: { period: { equals: ['region', 'period'], range: 'department' } },
    contributions(before, after, event) {
      if (after.consultation === undefined) return [];
      const isEnd = before?.open === true && !after.open;
      if (!isEnd && !CONSULTATION_EVENTS.includes(event.type)) return [];
      const change = changeOf(calendar, before, event);
      if (change === null) return [];
      const day = legalDay(after.consultation.requestedAt);
      const period = day.slice(0, 7);
      const add = change.counters.map(([counter, by]) => [onDay(counter, day), by] as const);
      const lines = change.departments.flatMap((department) =>
        after.regions.map((region) => ({
          id: `${region}|${department}|${period}`,
          labels: { region, department, period },
        })),
      );
      return [{ lines, add }];
    },
  };
}
