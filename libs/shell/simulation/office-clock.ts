import {
  addWorkingDays,
  dayOf,
  instantOf,
  millisecondsOf,
  MINUTE_MS,
  startOfDay,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { type Random } from './random.js';

const OPENING_MINUTE = 510;
const CLOSING_MINUTE = 1050;

/** When things happen in the simulated county: on working days, between 08:30 and 17:30. */
export class OfficeClock {
  constructor(
    private readonly calendar: WorkingCalendar,
    private readonly random: Random,
  ) {}

  /**
   * An instant from `least` to `most` working days after another, and in any case later than it. On the same day it is a
   * matter of minutes.
   */
  after(instant: string, min: number, max: number): string {
    const days = this.random.between(min, max);
    if (days === 0) return instantOf(millisecondsOf(instant) + this.random.between(1, 20 * 60) * 1_000);
    return this.during(addWorkingDays(this.calendar, dayOf(instant), days));
  }

  /** Some instant of a day's office hours. */
  during(day: string): string {
    const minute = this.random.between(OPENING_MINUTE, CLOSING_MINUTE - 1);
    return instantOf(millisecondsOf(startOfDay(day)) + minute * MINUTE_MS + this.random.between(0, 59_999));
  }

  /** The first working day from a day on. */
  workingDay(day: string): string {
    return addWorkingDays(this.calendar, dayOf(instantOf(millisecondsOf(startOfDay(day)) - MINUTE_MS)), 1);
  }
}
