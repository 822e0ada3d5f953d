import { type Day, dayOfNumber, numberOfDay } from './day.js';
import { FIRST_DAY, LAST_DAY } from './legal-times.js';
import { lunarDaysOf } from './lunar-days.js';

/** Names the text that the fixed days are taken from; part of a calendar's version. */
export const FIXED_HOLIDAYS_VERSION = 'holidays-2024';

type FixedHoliday = { readonly day: Day; readonly name: string };

/** The first year in which a day was one on which everybody is off, as the regulation stood then. */
const SINCE = { always: 0, nationalThird: 1999, labourSecond: 2000, solarTerms: 2008, newYearsEve: 2025 };

/**
 * 全体公民放假的节日: the days of a year on which everybody is off whatever the notice of that year says (全国年节及纪念日放假办法 (2024)
 * Art. 2, thirteen; fewer before its revisions of 1999, 2007 and 2024). Which other days are off or worked in exchange only the notice says.
 */
export function fixedHolidays(year: number): readonly FixedHoliday[] {
  const lunar = lunarDaysOf(year);
  const on = (since: number, name: string, ...days: readonly string[]): FixedHoliday[] =>
    year < since ? [] : days.map((day) => ({ day: `${year}-${day}`, name }));
  return [
    ...on(SINCE.always, '元旦', '01-01'),
    ...(lunar === null ? [] : springFestival(year, lunar.newYear)),
    ...(lunar === null ? [] : on(SINCE.solarTerms, '清明', lunar.qingming)),
    ...on(SINCE.always, '劳动节', '05-01'),
    ...on(SINCE.labourSecond, '劳动节', '05-02'),
    ...(lunar === null ? [] : on(SINCE.solarTerms, '端午', lunar.dragonBoat)),
    ...(lunar === null ? [] : on(SINCE.solarTerms, '中秋', lunar.midAutumn)),
    ...on(SINCE.always, '国庆节', '10-01', '10-02'),
    ...on(SINCE.nationalThird, '国庆节', '10-03'),
  ];
}

/** 除夕 to 初三. */
function springFestival(year: number, newYear: string): FixedHoliday[] {
  const first = numberOfDay(`${year}-${newYear}`);
  const from = year < SINCE.newYearsEve ? 0 : -1;
  return Array.from({ length: 3 - from }, (_, index) => ({
    day: dayOfNumber(first + from + index),
    name: '春节',
  }));
}

/** Those of every year of the calendar that lies outside the years of a table. */
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
