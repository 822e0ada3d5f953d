import { allDocuments, by, groupedBy, type ReadModels } from '#libs/engine/event-sourcing';
import {
  dayOf,
  type DaySpan,
  endOfDay,
  millisecondsOf,
  numberOfDay,
  startOfDay,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { type SignalDocument, signals } from './signal.projection.js';

/** Fewer are a person who works late. */
const ENTRIES_AT_LEAST = 5;
/** A longer pause ends a batch. */
const PAUSE_MS = 15 * 60_000;
/** Hours of the day in which nobody is surprised at work. */
const DAY_BEGINS = 7;
const DAY_ENDS = 20;
const HOUR_MS = 3_600_000;

/** 批量补录: acts that one person typed in one after another, outside of working time, long after they are said to have happened. */
export type BackEntryBatch = {
  readonly person: string;
  /** Instants of the first and the last entry. */
  readonly from: string;
  readonly to: string;
  readonly entries: number;
  readonly applications: number;
  /** Working days between an act and its entry, of the least and the most late. */
  readonly leastWorkingDays: number;
  readonly mostWorkingDays: number;
  /** Ids of the events that were typed in. */
  readonly evidence: readonly string[];
};

/** The models it rests on, for `asOf`. */
export const BACK_ENTRY_MODELS = [signals] as const;

/** Batches typed in on the days of a span, the last first. A batch is a reason to look at, and no finding. */
export async function backEntryBatches(
  models: ReadModels,
  calendar: WorkingCalendar,
  span: DaySpan,
): Promise<{ readonly items: readonly BackEntryBatch[] }> {
  const late = await allDocuments(models, signals, {
    index: 'signal',
    equals: { signal: 'BackEntryFlagged' },
    range: { gte: startOfDay(span.from), lt: endOfDay(span.to) },
  });
  const byPerson = groupedBy(
    late.filter(({ recordedAt }) => isOutsideOfWork(recordedAt, calendar)),
    ({ person }) => person,
  );
  const items = [...byPerson.values()]
    .flatMap(together)
    .filter((batch) => batch.length >= ENTRIES_AT_LEAST)
    .map(batchOf);
  return { items: items.sort(by(({ from }) => from)).reverse() };
}

/** By night, or on a day of rest. */
function isOutsideOfWork(instant: string, calendar: WorkingCalendar): boolean {
  const day = dayOf(instant);
  const hour = (millisecondsOf(instant) - millisecondsOf(startOfDay(day))) / HOUR_MS;
  return hour < DAY_BEGINS || hour >= DAY_ENDS || !calendar.kindOfNumber(numberOfDay(day)).working;
}

/** Entries of one person, cut where there is a pause. */
function together(entries: readonly SignalDocument[]): readonly (readonly SignalDocument[])[] {
  const batches: SignalDocument[][] = [];
  let last: string | null = null;
  for (const entry of [...entries].sort(by(({ recordedAt }) => recordedAt))) {
    const goesOn = last !== null && millisecondsOf(entry.recordedAt) - millisecondsOf(last) <= PAUSE_MS;
    if (goesOn) batches.at(-1)?.push(entry);
    else batches.push([entry]);
    last = entry.recordedAt;
  }
  return batches;
}

function batchOf(batch: readonly SignalDocument[]): BackEntryBatch {
  const days = batch.map(({ details }) => Number(details['workingDays']));
  return {
    person: batch[0]?.person ?? '',
    from: batch[0]?.recordedAt ?? '',
    to: batch.at(-1)?.recordedAt ?? '',
    entries: batch.length,
    applications: new Set(batch.map(({ application }) => application)).size,
    leastWorkingDays: Math.min(...days),
    mostWorkingDays: Math.max(...days),
    evidence: batch.flatMap(({ evidence }) => evidence),
  };
}
