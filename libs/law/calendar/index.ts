export { calendarFrom } from './chinese-calendar.js';
export { type ClockExplanation, explain, explainWaiting } from './clock-explanation.js';
export {
  DAY_MS,
  type Day,
  type Instant,
  MINUTE_MS,
  addMonths,
  dayNumberAt,
  dayOf,
  dayOfNumber,
  endOfDay,
  instantOf,
  isDay,
  lastDayNumber,
  lastDayOf,
  millisecondsOf,
  numberOfDay,
  startOfDay,
  startOfDayNumber,
} from './day.js';
export { deliveryDueAt, dueDates, lampAt, type NoticeTerm, oneTimeNotice } from './due-dates.js';
export { FIRST_DAY, LAST_DAY, instantIn, isLegalDay } from './legal-times.js';
export {
  type Counter,
  effectiveReceipt,
  minutesBetween,
  OfficeHours,
  type OfficeSession,
  workingMinutes,
} from './office-hours.js';
export { type DaySpan, type MonthPart, halfMonthOf, monthsOf, spanBefore } from './periods.js';
export { chineseDateOf, englishTime, isInstant } from './printed-time.js';
export {
  type ClockLedger,
  type Extension,
  plannedEnd,
  StatutoryClock,
  type Suspension,
  startClock,
} from './statutory-clock.js';
export {
  type DayUnit,
  type Lamp,
  REST_DAY_READINGS,
  type RestDayReading,
  type StartRule,
  type TimeLimit,
} from './time-limit.js';
export {
  type CalendarTable,
  WorkingCalendar,
  addDaysToNumber,
  addWorkingDays,
  calendarOf,
  daysBetween,
  monthsAfter,
  nextWorkingDay,
  workingDaysBetween,
} from './working-calendar.js';
