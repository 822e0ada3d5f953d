import { dayOfNumber, numberOfDay } from './day.js';

/** First and last legal day, both included. */
export type DaySpan = { readonly from: string; readonly to: string };

/** The part of a month (YYYY-MM) that is in a span: from one of its days (01 to 31) to another, both included. */
export type MonthPart = { readonly month: string; readonly from: string; readonly to: string };

/**
 * A span as parts of months, in order. A span that ends before it begins has none.
 * @throws RangeError when a day does not exist
 */
export function monthsOf({ from, to }: DaySpan): readonly MonthPart[] {
  if (numberOfDay(from) > numberOfDay(to)) return [];
  const parts: MonthPart[] = [];
  const last = to.slice(0, 7);
  for (let month = from.slice(0, 7); month <= last; month = monthAfter(month)) {
    parts.push({
      month,
      from: month === from.slice(0, 7) ? from.slice(8) : '01',
      to: month === last ? to.slice(8) : '31',
    });
  }
  return parts;
}

function monthAfter(month: string): string {
  return dayOfNumber(numberOfDay(`${month}-28`) + 4).slice(0, 7);
}

/** 半月: the first to the fifteenth day of a month, or the sixteenth to its last. */
export function halfMonthOf(day: string): DaySpan {
  const month = day.slice(0, 7);
  return day.slice(8) <= '15'
    ? { from: `${month}-01`, to: `${month}-15` }
    : { from: `${month}-16`, to: lastDayOfMonth(month) };
}

/**
 * The span that one is compared with: before a whole month the month before, before a half
 * the half before, before any other span as many days as it has.
 */
export function spanBefore({ from, to }: DaySpan): DaySpan {
  const eve = dayOfNumber(numberOfDay(from) - 1);
  if (from.endsWith('-01') && to === lastDayOfMonth(from.slice(0, 7))) {
    return { from: `${eve.slice(0, 7)}-01`, to: eve };
  }
  if (to === halfMonthOf(from).to && from === halfMonthOf(from).from) return halfMonthOf(eve);
  return { from: dayOfNumber(2 * numberOfDay(from) - numberOfDay(to) - 1), to: eve };
}

function lastDayOfMonth(month: string): string {
  return dayOfNumber(numberOfDay(`${monthAfter(month)}-01`) - 1);
}
