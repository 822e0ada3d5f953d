/** How days are counted: 行政许可法 Art. 82 counts working days; 环评法 Art. 22 and 建筑法 Art. 8 say days as written. */
export type DayUnit = 'working-day' | 'calendar-day';

/** What starts the count: receipt of the application (收到) or its acceptance (受理). */
export type StartRule = 'receipt' | 'acceptance';

export const REST_DAY_READINGS = ['stays', 'moves'] as const;
/**
 * How the end of a limit in calendar days is read that falls on a day of rest: it stays, or moves to the next working day
 * (民法典 Art. 203(1)). The laws of matters do not say; each matter chooses. A limit in working days ends on a working day.
 */
export type RestDayReading = (typeof REST_DAY_READINGS)[number];

/** One limit, as data: 20 working days from acceptance (行政许可法 Art. 42), 60 days from receipt (环评法 Art. 22). */
export type TimeLimit = {
  readonly days: number;
  readonly unit: DayUnit;
  readonly start: StartRule;
  /** Left out: it stays. */
  readonly endsOnRestDay?: RestDayReading;
};

/** Lamp of a running clock: green; yellow from 90 % of the promise or its last working day; red past it. */
export type Lamp = 'green' | 'yellow' | 'red';
