import { type Day, dayOfNumber, nextWorkingDay, numberOfDay, type WorkingCalendar } from '#libs/law/calendar';

/** How a session that falls on a day of rest is moved. */
export const SHIFTS = ['next-working-day', 'previous-working-day'] as const;
export type Shift = (typeof SHIFTS)[number];

/** When joint review sessions (联审联办) are due, and how much they look at. */
export type SessionSchedule = {
  readonly version: string;
  /** Days of the month, 1 to 28, ascending. */
  readonly days: readonly number[];
  readonly shift: Shift;
  /** Applications that an agenda takes at most. */
  readonly agendaLimit: number;
};

export const SESSION_SCHEDULE = Symbol('SessionSchedule');

/** The day on which the session due on `nominal` is held: that day, or the nearest worked one in the direction of the rule. */
export function heldOn({ shift }: SessionSchedule, calendar: WorkingCalendar, nominal: Day): Day {
  const number = numberOfDay(nominal);
  if (calendar.kindOfNumber(number).working) return nominal;
  if (shift === 'next-working-day') return dayOfNumber(nextWorkingDay(calendar, number));
  let earlier = number - 1;
  while (!calendar.kindOfNumber(earlier).working) earlier -= 1;
  return dayOfNumber(earlier);
}

/** The first day after `day` on which a session is due. */
export function nextDue({ days }: SessionSchedule, day: Day): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const later = days.find((one) => one > date);
  // Months count from 0 here: the number of this month is that of the next.
  const due = later === undefined ? Date.UTC(year, month, days[0] ?? 1) : Date.UTC(year, month - 1, later);
  return new Date(due).toISOString().slice(0, 10);
}

/** The first session that can still be held on `today` or after it. */
export function firstDue(schedule: SessionSchedule, calendar: WorkingCalendar, today: Day): Day {
  // From so far back that a day shifted across a long holiday is not passed over.
  let nominal = nextDue(schedule, dayOfNumber(numberOfDay(today) - 32));
  while (heldOn(schedule, calendar, nominal) < today) nominal = nextDue(schedule, nominal);
  return nominal;
}
