import { type Day, dayOfNumber, numberOfDay } from './day.js';
import { FIRST_DAY, LAST_DAY } from './legal-times.js';
import { lunarDaysOf } from './lunar-days.js';

/** Names the text that the fixed days are taken from; part of a calendar's version. */
export const FIXED_HOLIDAYS_VERSION = 'holidays-2024';

type FixedHoliday = { readonly day: Day; readonly name: string };

/** 除夕 is -1, 初一 is 0: the days of the Spring Festival as the regulation had them from a year on. */
const SPRING_FESTIVAL = [
  { since: 2025, from: -1, to: 2 },
  { since: 2014, from: 0, to: 2 },
  { since: 2008, from: -1, to: 1 },
  { since: 0, from: 0, to: 2 },
] as const;

/** How many days from 1 May on everybody was off, from a year on. */
const LABOUR_DAY = [
  { since: 2025, days: 2 },
  { since: 2008, days: 1 },
  { since: 2000, days: 3 },
  { since: 0, days: 1 },
] as const;

/** 清明, 端午 and 中秋 came in with the revision of 2007, the third day of October with that of 1999. */
const TRADITIONAL_SINCE = 2008;
const THIRD_OF_OCTOBER_SINCE = 1999;

const inForce = <Rule extends { readonly since: number }>(
  rules: readonly Rule[],
  year: number,
): Rule | undefined => rules.find(({ since }) => year >= since);

/**
 * 全体公民放假的节日: the days of a year on which everybody is off whatever the notice of that year says (全国年节及纪念日放假办法 Art. 2,
 * as it was in force in that year; thirteen since the text of 2024). Which other days are off or worked in exchange only the notice says.
 */
export function fixedHolidays(year: number): readonly FixedHoliday[] {
  const lunar = lunarDaysOf(year);
  const on = (name: string, ...days: readonly string[]): FixedHoliday[] =>
    days.map((day) => ({ day: `${year}-${day}`, name }));
  const traditional = lunar !== null && year >= TRADITIONAL_SINCE;
  const may = ['05-01', '05-02', '05-03'].slice(0, inForce(LABOUR_DAY, year)?.days ?? 1);
  return [
    ...on('元旦', '01-01'),
    ...(lunar === null ? [] : springFestival(year, lunar.newYear)),
    ...(traditional ? on('清明', lunar.qingming) : []),
    ...on('劳动节', ...may),
    ...(traditional ? [...on('端午', lunar.dragonBoat), ...on('中秋', lunar.midAutumn)] : []),
    ...on('国庆节', '10-01', '10-02', ...(year >= THIRD_OF_OCTOBER_SINCE ? ['10-03'] : [])),
  ];
}

function springFestival(year: number, newYear: string): FixedHoliday[] {
  const first = numberOfDay(`${year}-${newYear}`);
  const { from, to } = inForce(SPRING_FESTIVAL, year) ?? SPRING_FESTIVAL[0];
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    day: dayOfNumber(first + from + index),
    name: '春节',
  }));
}

/** Those of every year of the calendar that is outside the years of a table. */
export function fixedHolidaysOutside(knownFrom: Day, knownUntil: Day): readonly FixedHoliday[] {
  const holidays: FixedHoliday[] = [];
  for (let year = Number(FIRST_DAY.slice(0, 4)); year <= Number(LAST_DAY.slice(0, 4)); year++) {
    holidays.push(...fixedHolidays(year).filter(({ day }) => day < knownFrom || day > knownUntil));
  }
  return holidays;
}

/** Whether everybody is off on a day by the regulation itself. */
export const isFixedHoliday = (day: Day): boolean =>
  fixedHolidays(Number(day.slice(0, 4))).some((holiday) => holiday.day === day);
