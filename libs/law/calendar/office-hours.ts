import { type Instant, instantOf, millisecondsOf, MINUTE_MS, startOfDayNumber, wallClockAt } from './day.js';
import { nextWorkingDay, type WorkingCalendar } from './working-calendar.js';

/** One stretch of work within a day, `HH:MM` in Asia/Shanghai; `24:00` is midnight at the end. */
export type OfficeSession = { readonly from: string; readonly to: string };

/** The office hours of the counter at which something was handed in; left out where it came online. */
export type Counter = readonly OfficeSession[];

/** Office hours of a working day. Sessions follow each other and do not overlap. */
export class OfficeHours {
  readonly minutesADay: number;
  private readonly spans: readonly { readonly from: number; readonly to: number }[];

  /** @throws RangeError if there is no session, a time is malformed, or sessions overlap or run backwards. */
  constructor(readonly sessions: readonly OfficeSession[]) {
    this.spans = sessions.map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) }));
    let last = 0;
    for (const { from, to } of this.spans) {
      if (from < last || to <= from) throw new RangeError('office hours: sessions must follow each other');
      last = to;
    }
    if (last === 0) throw new RangeError('office hours: at least one session is needed');
    this.minutesADay = this.minutesBefore(last);
  }

  /** Minutes of work in a working day before minute `minute` of that day. */
  minutesBefore(minute: number): number {
    return this.spans.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(minute, to) - from), 0);
  }

  /** Minute at which work begins, and at which it ends. */
  get opening(): number {
    return this.spans[0]?.from ?? 0;
  }
  get closing(): number {
    return this.spans.at(-1)?.to ?? 0;
  }
}

function minuteOf(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^(24):(00)$/.exec(time);
  if (match === null) throw new RangeError(`not a time of day: ${time}`);
  return Number(match[1] ?? match[3]) * 60 + Number(match[2] ?? match[4]);
}

/** Eight hours: 08:30–12:00 and 13:00–17:30. */
const DEFAULT_OFFICE_HOURS = new OfficeHours([
  { from: '08:30', to: '12:00' },
  { from: '13:00', to: '17:30' },
]);

/** Minutes between two instants: each is cut to its whole minute first, so that the parts of a span sum to it. */
export function minutesBetween(from: Instant, to: Instant): number {
  return Math.floor(millisecondsOf(to) / MINUTE_MS) - Math.floor(millisecondsOf(from) / MINUTE_MS);
}

/**
 * Working minutes between two instants, cut to whole minutes as in {@link minutesBetween}; negative when `to` is before `from`.
 * f(a, c) = f(a, b) + f(b, c) for all a, b, c. The cost does not grow with the span.
 */
export function workingMinutes(
  from: Instant,
  to: Instant,
  calendar: WorkingCalendar,
  hours: OfficeHours = DEFAULT_OFFICE_HOURS,
): number {
  const begin = wallClockAt(from);
  const end = wallClockAt(to);
  const sinceMorning = ({ day, minute }: { day: number; minute: number }) =>
    calendar.kindOfNumber(day).working ? hours.minutesBefore(minute) : 0;
  // Whole days before each of the two days, and what has passed of the two days themselves.
  const wholeDays = calendar.workingDaysAfter(begin.day - 1, end.day - 1);
  return wholeDays * hours.minutesADay + sinceMorning(end) - sinceMorning(begin);
}

/**
 * The instant from which a receipt counts. At a counter, what arrives after closing or on a day of rest counts from the opening
 * of the next working day (民法典 Art. 203(2), second half: 停止业务活动的时间为截止时间). Online (行政许可法 Art. 29, 33) no
 * office closes, so it counts when it arrives. That the half applies to a receipt so is our reading and no text: 未核实.
 */
export function effectiveReceipt(receivedAt: Instant, calendar: WorkingCalendar, counter?: Counter): Instant {
  if (counter === undefined) return receivedAt;
  const hours = new OfficeHours(counter);
  const { day, minute } = wallClockAt(receivedAt);
  if (calendar.kindOfNumber(day).working && minute < hours.closing) return receivedAt;
  const next = millisecondsOf(startOfDayNumber(nextWorkingDay(calendar, day)));
  return instantOf(next + hours.opening * MINUTE_MS);
}
