import { describe, expect, test } from '@jest/globals';
import { calendarFrom } from './chinese-calendar.js';
import { dayOfNumber, numberOfDay } from './day.js';
import { addWorkingDays } from './working-calendar.js';

const calendar = calendarFrom();

/** Holidays as spans and make-up days of one year, as the notices print them. */
function arrangement(year: number): { holidays: string[]; makeUpDays: string[] } {
  const holidays: { name: string; from: string; to: string }[] = [];
  const makeUpDays: string[] = [];
  for (let n = numberOfDay(`${year}-01-01`); n <= numberOfDay(`${year}-12-31`); n++) {
    const day = dayOfNumber(n);
    const { reason, name } = calendar.kindOfNumber(n);
    const last = holidays.at(-1);
    if (reason === 'make-up-workday') makeUpDays.push(`${name} ${day}`);
    if (reason !== 'holiday' || name === null) continue;
    if (last?.name === name && last.to === dayOfNumber(n - 1)) last.to = day;
    else holidays.push({ name, from: day, to: day });
  }
  return { holidays: holidays.map(({ name, from, to }) => `${name} ${from}/${to}`), makeUpDays };
}

describe('the notices of the State Council', () => {
  test('2025: 国办发明电〔2024〕12号', () => {
    expect(arrangement(2025)).toEqual({
      holidays: [
        '元旦 2025-01-01/2025-01-01',
        '春节 2025-01-28/2025-02-04',
        '清明 2025-04-04/2025-04-06',
        '劳动节 2025-05-01/2025-05-05',
        '端午 2025-05-31/2025-06-02',
        '国庆节 2025-10-01/2025-10-05',
        '中秋 2025-10-06/2025-10-06',
        '国庆节 2025-10-07/2025-10-08',
      ],
      makeUpDays: [
        '春节 2025-01-26',
        '春节 2025-02-08',
        '劳动节 2025-04-27',
        '国庆节 2025-09-28',
        '国庆节 2025-10-11',
      ],
    });
  });

  test('2026: gov.cn content_7047091', () => {
    expect(arrangement(2026)).toEqual({
      holidays: [
        '元旦 2026-01-01/2026-01-03',
        '春节 2026-02-15/2026-02-23',
        '清明 2026-04-04/2026-04-06',
        '劳动节 2026-05-01/2026-05-05',
        '端午 2026-06-19/2026-06-21',
        '中秋 2026-09-25/2026-09-27',
        '国庆节 2026-10-01/2026-10-07',
      ],
      makeUpDays: [
        '元旦 2026-01-04',
        '春节 2026-02-14',
        '春节 2026-02-28',
        '劳动节 2026-05-09',
        '国庆节 2026-09-20',
        '国庆节 2026-10-10',
      ],
    });
  });
});

test('twenty working days across a holiday, counted by hand', () => {
  // Sep 22 23 24 | 28 29 30 | Oct 8 9 10 | 12–16 | 19–23 | 26
  expect(addWorkingDays(calendar, '2026-09-21', 20)).toBe('2026-10-26');
  // Jan 22 23 24 26 27 | Feb 5 6 7 8 | 10–14 | 17–21 | 24
  expect(addWorkingDays(calendar, '2025-01-21', 20)).toBe('2025-02-24');
});

test('F13 before the first and after the last known notice only weekends and fixed holidays are known', () => {
  expect([calendar.knownFrom, calendar.knownUntil]).toEqual(['2004-01-01', '2026-12-31']);
  expect(['2003-10-01', '2027-01-01', '2027-01-02', '2027-01-04'].map((day) => calendar.kindOf(day))).toEqual(
    [
      { working: false, reason: 'holiday', name: '国庆节', provisional: true },
      { working: false, reason: 'holiday', name: '元旦', provisional: true },
      { working: false, reason: 'weekend', name: null, provisional: true },
      { working: true, reason: 'workday', name: null, provisional: true },
    ],
  );
});

describe('overrides', () => {
  const storm = { day: '2026-08-03', working: false, name: '停工', notice: '县政府 2026-8' };

  test('override the library, extend it, and change its version', () => {
    const amended = calendarFrom({
      knownUntil: '2027-12-31',
      days: [
        storm,
        { day: '2026-10-10', working: false, name: '改期', notice: 'x' },
        { day: '2027-01-01', working: false, name: '元旦', notice: 'x' },
      ],
    });
    expect(
      ['2026-08-03', '2026-10-10', '2026-10-01', '2027-01-01'].map((day) => amended.kindOf(day)),
    ).toEqual([
      { working: false, reason: 'holiday', name: '停工', provisional: false },
      { working: false, reason: 'holiday', name: '改期', provisional: false },
      { working: false, reason: 'holiday', name: '国庆节', provisional: false },
      { working: false, reason: 'holiday', name: '元旦', provisional: false },
    ]);
    expect(amended.version).toMatch(/^chinese-days@\d+\.\d+\.\d+\+holidays-2024\+[0-9a-f]{12}$/);
    expect(calendarFrom({ days: [storm] }).version).not.toBe(amended.version);
    expect(calendarFrom({ days: [storm] }).version).toBe(calendarFrom({ days: [{ ...storm }] }).version);
  });

  test('empty ones leave the version of the library', () => {
    const versions = [null, {}, { days: [] }, { knownUntil: '2026-12-31' }].map(
      (data) => calendarFrom(data).version,
    );
    expect(versions).toEqual([calendar.version, calendar.version, calendar.version, calendar.version]);
    expect(calendar.version).toMatch(/^chinese-days@\d+\.\d+\.\d+\+holidays-2024$/);
  });

  test('the version of the file is part of the calendar’s, and an edited table cannot keep the name of the old one', () => {
    const version = '2026.2';
    const empty = calendarFrom({ version, days: [] });
    expect(empty.version).toMatch(/^chinese-days@\d+\.\d+\.\d+\+holidays-2024\+2026\.2\.[0-9a-f]{12}$/);
    expect(calendarFrom({ version, days: [storm] }).version).not.toBe(empty.version);
  });

  test.each([
    ['version: 1 to 40 letters, digits, dots or dashes are needed, as text', { version: 2026.1 }],
    ['version: 1 to 40 letters, digits, dots or dashes are needed, as text', { version: 'a b' }],
    ['overrides: a mapping is needed', []],
    ['overrides: unknown field holidays', { holidays: [] }],
    ['days: a list is needed', { days: {} }],
    ['days[0]: a mapping is needed', { days: ['2026-08-03'] }],
    ['days[0]: unknown field reason', { days: [{ ...storm, reason: '' }] }],
    ['days[1].day: 2026-02-30 is not a day', { days: [storm, { ...storm, day: '2026-02-30' }] }],
    ['days[0].day: a day as text, YYYY-MM-DD, is needed', { days: [{ ...storm, day: new Date(0) }] }],
    ['days[0].working: true or false is needed', { days: [{ ...storm, working: 'no' }] }],
    [
      'days[0].working: 2027-02-06 is a day off for everybody (全国年节及纪念日放假办法 Art. 2); no notice makes it a working day',
      { days: [{ ...storm, day: '2027-02-06', working: true }] },
    ],
    ['days[0].name: text is needed', { days: [{ ...storm, name: '' }] }],
    ['days[0].notice: text is needed', { days: [{ ...storm, notice: undefined }] }],
    ['days: 2026-08-03 is given twice', { days: [storm, storm] }],
    ['knownUntil: 2027 is not a day', { knownUntil: '2027' }],
    ['knownUntil: a day as text, YYYY-MM-DD, is needed', { knownUntil: null }],
  ])('%s', (message, data) => {
    expect(() => calendarFrom(data)).toThrow(new RangeError(message));
  });
});
