import {
  type Recorded,
  type StoredEvent,
  type Tally,
  type TallyDocument,
  type Model,
} from '#libs/engine/event-sourcing';
import { dayOf, type WorkingCalendar, workingMinutes } from '#libs/law/calendar';
import { type ConsultationEvent } from '../consultation/consultation.events.js';
import { openConsultation } from '../consultation/consultation.state.js';
import { type ApplicationTakenOver } from '../jurisdiction/succession.events.js';
import { type ApplicationDocument } from './application.document.js';
import { stretchCounters } from './handling-time.js';
import { onDay } from './on-day.js';

export const opinions: Model<OpinionDocument> = { model: 'opinions' };

/**
 * Opinions that one department was asked for (征求意见) in one month (`period`, YYYY-MM), in a region and all below it.
 * Whatever became of an opinion counts on the legal day it was asked (`asked@07`), so that its parts sum to `asked`:
 * `inTime`, `late`, `silent` (the deadline passed; an answer after it makes it late), `lapsed` (the application ended first),
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

const OPINION_EVENTS: readonly string[] = [
  'ConsultationRequested',
  'ConsultationAnswered',
  'ConsultationOverdue',
  'ApplicationTakenOver',
] satisfies (ConsultationEvent | ApplicationTakenOver)['type'][];

function answered(
  calendar: WorkingCalendar,
  before: ApplicationDocument,
  at: string,
  late: boolean,
): Counters {
  const { consultation } = before;
  if (consultation === undefined) return [];
  const minutes = Math.max(0, workingMinutes(consultation.requestedAt, at, calendar));
  const counters: [string, number][] = [[late ? 'late' : 'inTime', 1], ...stretchCounters(minutes * 60)];
  if (consultation.overdue) counters.push(['silent', -1]);
  else if (!before.open) counters.push(['lapsed', -1]);
  return counters;
}

/** What a department still owes passes to its successor with all that was counted for it. */
function takenOver(
  before: ApplicationDocument,
  after: ApplicationDocument,
  { from, department }: ApplicationTakenOver['data'],
): readonly Change[] {
  if (before.consultation?.outstanding.includes(from) !== true) return [];
  const owed = ['asked'];
  if (before.consultation.overdue) owed.push('silent');
  else if (!before.open) owed.push('lapsed');
  const counted = (by: 1 | -1): Counters => owed.map((counter) => [counter, by]);
  // A department owes an opinion only once, and none to itself.
  const isNew =
    !before.consultation.outstanding.includes(department) &&
    after.consultation?.outstanding.includes(department) === true;
  return [
    { departments: [from], counters: counted(-1) },
    ...(isNew ? [{ departments: [department], counters: counted(1) }] : []),
  ];
}

function changesOf(
  calendar: WorkingCalendar,
  before: ApplicationDocument | null,
  after: ApplicationDocument,
  event: StoredEvent,
): readonly Change[] {
  const { type, data, metadata } = event as Recorded<ConsultationEvent | ApplicationTakenOver>;
  switch (type) {
    case 'ConsultationRequested':
      return [{ departments: data.departments, counters: [['asked', 1]] }];
    case 'ConsultationOverdue':
      return [{ departments: data.departments, counters: [['silent', 1]] }];
    case 'ConsultationAnswered':
      if (before === null) return [];
      return [
        {
          departments: [data.department],
          counters: answered(calendar, before, metadata.occurredAt, data.late),
        },
      ];
    case 'ApplicationTakenOver':
      return before === null ? [] : takenOver(before, after, data);
    default:
      // Any other event: the end of an application whose lead still waited.
      return [
        {
          departments: (before && openConsultation(before)?.outstanding) ?? [],
          counters: [['lapsed', 1]],
        },
      ];
  }
}

/** Adds when an opinion is asked, given or not given, owed by another, or no longer needed; not otherwise. */
export function opinionTally(calendar: WorkingCalendar): Tally<ApplicationDocument> {
  return {
    model: opinions.model,
    indexes: { period: { equals: ['region', 'period'], range: 'department' } },
    contributions(before, after, event) {
      if (after.consultation === undefined) return [];
      const isEnd = before?.open === true && !after.open;
      if (!isEnd && !OPINION_EVENTS.includes(event.type)) return [];
      const day = dayOf(after.consultation.requestedAt);
      const period = day.slice(0, 7);
      return changesOf(calendar, before, after, event).map(({ departments, counters }) => ({
        add: counters.map(([counter, by]) => [onDay(counter, day), by] as const),
        lines: departments.flatMap((department) =>
          after.regions.map((region) => ({
            id: `${region}|${department}|${period}`,
            labels: { region, department, period },
          })),
        ),
      }));
    },
  };
}
