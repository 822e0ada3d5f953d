import { type Counts } from '#libs/county/approval';
import { type MonthPart } from '#libs/law/calendar';

/** The counters of a month's days (`events@07`) that are in the part, in the order of the document. */
export function* dayCounters(counts: Counts, { from, to }: Pick<MonthPart, 'from' | 'to'>) {
  for (const [counter, count] of Object.entries(counts)) {
    const at = counter.length - 2;
    const day = counter.slice(at);
    if (day >= from && day <= to) yield { name: counter.slice(0, at - 1), day, count };
  }
}

/** A sum with the days of a month that are in the part added to it. */
export function plusDays(sum: Counts, counts: Counts, part: Pick<MonthPart, 'from' | 'to'>): Counts {
  const total: Record<string, number> = { ...sum };
  for (const { name, count } of dayCounters(counts, part)) total[name] = (total[name] ?? 0) + count;
  return total;
}

export const NOTHING: Counts = {};

/** The sum of two; most sums have one part, which is then the sum itself. */
export function plus(sum: Counts, counts: Counts): Counts {
  if (sum === NOTHING) return counts;
  const total: Record<string, number> = { ...sum };
  for (const counter in counts) total[counter] = (total[counter] ?? 0) + (counts[counter] ?? 0);
  return total;
}
