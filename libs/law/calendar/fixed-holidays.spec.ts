import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calendarFrom } from './chinese-calendar.js';
import { dayOfNumber, numberOfDay } from './day.js';
import { fixedHolidays } from './fixed-holidays.js';
import { FIRST_LUNAR_YEAR, LAST_LUNAR_YEAR, lunarDaysOf } from './lunar-days.js';
import { addWorkingDays } from './working-calendar.js';

const calendar = calendarFrom();
const years = Array.from(
  { length: LAST_LUNAR_YEAR - FIRST_LUNAR_YEAR + 1 },
  (_, index) => FIRST_LUNAR_YEAR + index,
);

describe('F13 the days on which everybody is off', () => {
  test('F13 are the thirteen of 全国年节及纪念日放假办法 Art. 2, here those of 2027', () => {
    // 除夕 2027 is 5 February, 清明 5 April, 端午 9 June, 中秋 15 September.
    expect(fixedHolidays(2027).map(({ day, name }) => `${day} ${name}`)).toEqual([
      '2027-01-01 元旦',
      '2027-02-05 春节',
      '2027-02-06 春节',
      '2027-02-07 春节',
      '2027-02-08 春节',
      '2027-04-05 清明',
      '2027-05-01 劳动节',
      '2027-05-02 劳动节',
      '2027-06-09 端午',
      '2027-09-15 中秋',
      '2027-10-01 国庆节',
      '2027-10-02 国庆节',
      '2027-10-03 国庆节',
    ]);
    expect(fixedHolidays(2150).map(({ day }) => day.slice(5))).toEqual([
      '01-01',
      '05-01',
      '05-02',
      '10-01',
      '10-02',
      '10-03',
    ]);
  });

  test('F13 were fewer before the regulation was revised (1999, 2007, 2013, 2024)', () => {
    expect([1998, 2003, 2010, 2024, 2025].map((year) => fixedHolidays(year).length)).toEqual([
      7, 10, 11, 11, 13,
    ]);
    // 除夕 2013 was 9 February and off, 除夕 2014 was 30 January and worked.
    const spring = (year: number) =>
      fixedHolidays(year).flatMap(({ day, name }) => (name === '春节' ? [day] : []));
    expect([spring(2013), spring(2014)]).toEqual([
      ['2013-02-09', '2013-02-10', '2013-02-11'],
      ['2014-01-31', '2014-02-01', '2014-02-02'],
    ]);
  });

  test('F13 of every year whose notice is known are off in it', () => {
    for (const year of years.filter((one) => one >= 2008 && one <= 2026)) {
      expect(fixedHolidays(year).filter(({ day }) => calendar.kindOf(day).working)).toEqual([]);
    }
  });

  test('F13 are worked in no year after the last notice, and stay provisional', () => {
    for (const year of years.filter((one) => one > 2026)) {
      const kinds = fixedHolidays(year).map(({ day }) => {
        const { name, ...kind } = calendar.kindOf(day);
        return { day, ...kind, named: name !== null };
      });
      expect(kinds).toHaveLength(13);
      // 中秋 may fall into National Day, as in 2028, and one day has one name.
      expect(kinds).toEqual(
        kinds.map(({ day }) => ({ day, working: false, reason: 'holiday', provisional: true, named: true })),
      );
    }
  });

  test('F13 a notice that names only one of them leaves the others off', () => {
    const known = calendarFrom({
      knownUntil: '2027-12-31',
      days: [{ day: '2027-01-01', working: false, name: '元旦', notice: 'x' }],
    });
    expect(['2027-01-01', '2027-10-01'].map((day) => known.kindOf(day))).toEqual([
      { working: false, reason: 'holiday', name: '元旦', provisional: false },
      { working: false, reason: 'holiday', name: '国庆节', provisional: false },
    ]);
  });
});

test('F13 a term in working days ends on a day that is worked, in any year', () => {
  const any = fc.integer({ min: numberOfDay('1990-01-01'), max: numberOfDay('2100-06-30') });
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 60 }), (number, days) => {
      const end = addWorkingDays(calendar, dayOfNumber(number), days);
      expect([end, calendar.kindOf(end).working]).toEqual([end, true]);
      expect(fixedHolidays(Number(end.slice(0, 4))).map(({ day }) => day)).not.toContain(end);
    }),
    { numRuns: 2_000 },
  );
});

type ChineseDays = {
  readonly monthDays: (year: number, month: number) => number;
  readonly getYearLeapMonth: (year: number) => {
    readonly leapMonth: number | undefined;
    readonly days: number;
  };
};

/** A day of the lunar calendar by the lengths of months that chinese-days has; lunar 1900-01-01 was 31 January 1900. */
function byPackage(year: number, month: number, date: number): string {
  const { monthDays, getYearLeapMonth } = createRequire(import.meta.url)('chinese-days') as ChineseDays;
  let number = numberOfDay('1900-01-31') + date - 1;
  for (let y = 1900; y <= year; y++) {
    const leap = getYearLeapMonth(y);
    for (let m = 1; m <= 12 && (y < year || m < month); m++) {
      number += monthDays(y, m) + (leap.leapMonth === m ? leap.days : 0);
    }
  }
  return dayOfNumber(number).slice(5);
}

test('F13 the days of the moon are those of chinese-days, but for its slip of September 1996', () => {
  const different = years.flatMap((year) => {
    const { newYear, dragonBoat, midAutumn } = lunarDaysOf(year) ?? {};
    const theirs = [byPackage(year, 1, 1), byPackage(year, 5, 5), byPackage(year, 8, 15)];
    return [newYear, dragonBoat, midAutumn].flatMap((day, index) =>
      day === theirs[index] ? [] : [`${year}-${day}, not ${theirs[index]}`],
    );
  });
  // The new moon of September 1996 was on the 13th at 7:07 in Beijing, so 八月十五 was the 27th.
  expect(different).toEqual(['1996-09-27, not 09-26']);
});

/** Apparent longitude of the sun in degrees (Meeus, Astronomical Algorithms, ch. 25: good to 0.01°, a quarter of an hour). */
function longitudeOfSun(julianDay: number): number {
  const t = (julianDay - 2_451_545) / 36_525;
  const sine = (degrees: number) => Math.sin((degrees * Math.PI) / 180);
  const mean = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t;
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t * t;
  const centre =
    (1.914602 - 0.004817 * t) * sine(anomaly) +
    (0.019993 - 0.000101 * t) * sine(2 * anomaly) +
    0.000289 * sine(3 * anomaly);
  const apparent = mean + centre - 0.00569 - 0.00478 * sine(125.04 - 1_934.136 * t);
  return ((apparent % 360) + 360) % 360;
}

test('F13 清明 is the day on which the sun reaches 15°', () => {
  for (const year of years) {
    const day = lunarDaysOf(year)?.qingming;
    // The midnights of Beijing before and after the day; in 2071 the sun is there seven minutes before one.
    const [before, after] = [0, 1].map((more) =>
      longitudeOfSun(numberOfDay(`${year}-${day}`) + more - 8 / 24 + 2_440_587.5),
    );
    expect([day, (before ?? 99) < 15.006, (after ?? 0) > 14.994]).toEqual([day, true, true]);
  }
});
