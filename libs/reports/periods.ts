import { dayOfNumber, numberOfDay } from '#libs/calendar';

/** First and last legal day, both included. */
export type DaySpan = { readonly from: string; readonly to: string };

/** The part of a month (YYYY-MM) that lies in a span: from one of its days (01 to 31) to another, both included. */
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
