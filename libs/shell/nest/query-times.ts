import { defined } from '#libs/engine/event-sourcing';
import {
  type DaySpan,
  endOfDay,
  FIRST_DAY,
  instantIn,
  isLegalDay,
  LAST_DAY,
  numberOfDay,
  startOfDay,
} from '#libs/law/calendar';
import { invalid } from './http-problem.js';

/** Days of the longest span that a report of figures by month takes: ten years. */
const MOST_DAYS = 3_660;
/** Days of the longest span that is compared with the one before it: a year. */
export const MOST_COMPARED_DAYS = 366;

/**
 * The span that a query names by its first and last legal day; null where it names none.
 * @throws InvalidInput naming the day, when one is left out, it ends before it begins, or it is longer than `most` days
 */
export function spanOf(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  max = MOST_DAYS,
): DaySpan | null {
  if (from === undefined && to === undefined) return null;
  if (from === undefined) throw invalid('from', 'is required with to', '起始日期与截止日期须一并填写');
  if (to === undefined) throw invalid('to', 'is required with from', '起始日期与截止日期须一并填写');
  return spanWithin(from, to, max);
}

/** @throws InvalidInput naming the parameter of the last day */
export function spanWithin(from: string, to: string, max: number, last: 'to' | 'asOf' = 'to'): DaySpan {
  const days = numberOfDay(to) - numberOfDay(from) + 1;
  if (days < 1) throw backwards(last);
  if (days > max) {
    throw invalid(last, `must be within ${max} days of from`, `距起始日期不得超过 ${max} 日`);
  }
  return { from, to };
}

function backwards(last: string) {
  return invalid(last, 'must not be before from', '不得早于起始日期');
}

/**
 * The instants between which a query looks, from legal days or instants.
 * @throws InvalidInput naming the parameter
 */
export function timesBetween({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): {
  readonly from?: string;
  readonly to?: string;
} {
  const [first, last] = [from, to].map((value, index) =>
    value === undefined ? undefined : instantAsked(index === 0 ? 'from' : 'to', value),
  );
  if (first !== undefined && last !== undefined && last < first) throw backwards('to');
  return defined({ from: first, to: last });
}

/**
 * An instant with a zone, or a legal day: its first instant for `from`, its last for `to` and `asOf`. ISO in UTC with
 * milliseconds.
 * @throws InvalidInput naming the parameter
 */
export function instantAsked(field: 'from' | 'to' | 'asOf', value: string): string {
  if (isLegalDay(value)) {
    return field === 'from' ? startOfDay(value) : new Date(Date.parse(endOfDay(value)) - 1).toISOString();
  }
  const instant = instantIn(value);
  if (instant === null) {
    throw invalid(
      field,
      `must be a day or an ISO 8601 instant with a zone, from ${FIRST_DAY} to ${LAST_DAY}`,
      `须为 ${FIRST_DAY} 至 ${LAST_DAY} 之间的日期，或带时区的 ISO 8601 时间`,
    );
  }
  return instant;
}
