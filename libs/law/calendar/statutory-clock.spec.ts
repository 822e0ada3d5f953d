import { describe, expect, test } from '@jest/globals';
import { calendarFrom } from './chinese-calendar.js';
import { explain, explainWaiting } from './clock-explanation.js';
import { endOfDay, startOfDay } from './day.js';
import { type ClockLedger, StatutoryClock, startClock } from './statutory-clock.js';
import { type TimeLimit } from './time-limit.js';
import { calendarOf } from './working-calendar.js';

const china = calendarFrom();
const noon = (day: string) => `${day}T12:00:00+08:00`;
const workingDays = (days: number): TimeLimit => ({ days, unit: 'working-day', start: 'acceptance' });
const calendarDays = (days: number): TimeLimit => ({ days, unit: 'calendar-day', start: 'receipt' });
const hearing = (from: string, to: string | null) => ({
  from: noon(from),
  to: to === null ? null : noon(to),
  cause: '听证',
  article: '行政许可法 Art. 45',
});
const read = ({ dueDay, dueAt, yellowAt, provisional }: StatutoryClock) => ({
  dueDay,
  dueAt,
  yellowAt,
  provisional,
});

describe('due day and yellow', () => {
  const cases: [string, ClockLedger, ReturnType<typeof read>][] = [
    [
      '20 working days over 中秋 and 国庆节: yellow from the 18th',
      startClock(workingDays(20), noon('2026-09-21')),
      {
        dueDay: '2026-10-26',
        dueAt: '2026-10-26T16:00:00.000Z',
        yellowAt: startOfDay('2026-10-22'),
        provisional: false,
      },
    ],
    [
      'a short promise: yellow on its last day',
      startClock(workingDays(3), noon('2026-11-20')),
      {
        dueDay: '2026-11-25',
        dueAt: endOfDay('2026-11-25'),
        yellowAt: startOfDay('2026-11-25'),
        provisional: false,
      },
    ],
    [
      'same day: yellow from the start',
      startClock(workingDays(0), noon('2026-11-20')),
      {
        dueDay: '2026-11-20',
        dueAt: endOfDay('2026-11-20'),
        yellowAt: '2026-11-20T04:00:00.000Z',
        provisional: false,
      },
    ],
    [
      'calendar days that end on a Sunday: yellow from the Friday before',
      startClock(calendarDays(7), noon('2026-11-15')),
      {
        dueDay: '2026-11-22',
        dueAt: endOfDay('2026-11-22'),
        yellowAt: startOfDay('2026-11-20'),
        provisional: false,
      },
    ],
    [
      '60 calendar days: yellow from the 54th; past the known calendar',
      startClock(calendarDays(60), noon('2026-11-24')),
      {
        dueDay: '2027-01-23',
        dueAt: endOfDay('2027-01-23'),
        yellowAt: startOfDay('2027-01-17'),
        provisional: true,
      },
    ],
    [
      'a suspension excludes the days after its first, an extension adds its own',
      {
        ...startClock(workingDays(5), noon('2026-11-02')),
        suspensions: [hearing('2026-11-04', '2026-11-10')],
        extensions: [{ days: 2, article: '行政许可法 Art. 42', by: '县政府' }],
      },
      // 3 4 | suspended 5–10 | 11 12 13 16 17
      {
        dueDay: '2026-11-17',
        dueAt: endOfDay('2026-11-17'),
        yellowAt: startOfDay('2026-11-17'),
        provisional: false,
      },
    ],
    [
      'while a suspension runs there is no due day',
      { ...startClock(workingDays(5), noon('2026-11-02')), suspensions: [hearing('2026-11-04', null)] },
      { dueDay: null, dueAt: null, yellowAt: null, provisional: false },
    ],
    [
      'a suspension that begins on the due day comes too late',
      { ...startClock(workingDays(2), noon('2026-11-02')), suspensions: [hearing('2026-11-04', null)] },
      {
        dueDay: '2026-11-04',
        dueAt: endOfDay('2026-11-04'),
        yellowAt: startOfDay('2026-11-04'),
        provisional: false,
      },
    ],
    [
      'a suspension within one day excludes nothing',
      {
        ...startClock(workingDays(2), noon('2026-11-02')),
        suspensions: [hearing('2026-11-03', '2026-11-03')],
      },
      {
        dueDay: '2026-11-04',
        dueAt: endOfDay('2026-11-04'),
        yellowAt: startOfDay('2026-11-04'),
        provisional: false,
      },
    ],
  ];
  test.each(cases)('%s', (_, ledger, expected) => {
    expect(read(new StatutoryClock(ledger, china))).toEqual(expected);
  });

  test('a ledger that makes no sense is refused', () => {
    const ledger = startClock(workingDays(5), noon('2026-11-02'));
    const clock = (changes: Partial<ClockLedger>) => () =>
      new StatutoryClock({ ...ledger, ...changes }, china);
    expect(clock({ limit: workingDays(-1) })).toThrow(new RangeError('not a number of days: -1'));
    expect(clock({ extensions: [{ days: 0.5, article: '', by: '' }] })).toThrow(
      new RangeError('not a number of days: 0.5'),
    );
    expect(clock({ suspensions: [hearing('2026-11-05', '2026-11-04')] })).toThrow(
      new RangeError(`suspension from ${noon('2026-11-05')} ends before it begins: ${noon('2026-11-04')}`),
    );
    expect(clock({ startedAt: '2026-11-02' })).toThrow(RangeError);
  });
});

test('the strip names each day, its notice, its pause, and sums to the number', () => {
  const ledger: ClockLedger = {
    ...startClock(workingDays(3), noon('2026-09-30')),
    suspensions: [hearing('2026-10-08', '2026-10-09')],
    stoppedAt: noon('2026-10-14'),
  };
  const explained = explain(ledger, china, noon('2026-10-14'));
  const row = { name: null, cause: null, article: null, overdue: false, provisional: false };
  const holiday = { ...row, counted: 0, reason: 'holiday', name: '国庆节', used: 0 };
  expect(explained).toEqual({
    unit: 'working-day',
    days: [
      { ...row, day: '2026-09-30', counted: 0, reason: 'start-day', used: 0 },
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => ({ ...holiday, day: `2026-10-0${n}` })),
      { ...row, day: '2026-10-08', counted: 1, reason: 'working-day', used: 1 },
      {
        ...row,
        day: '2026-10-09',
        counted: 0,
        reason: 'suspended',
        cause: '听证',
        article: '行政许可法 Art. 45',
        used: 1,
      },
      { ...row, day: '2026-10-10', counted: 1, reason: 'make-up-workday', name: '国庆节', used: 2 },
      { ...row, day: '2026-10-11', counted: 0, reason: 'weekend', used: 2 },
      { ...row, day: '2026-10-12', counted: 1, reason: 'working-day', used: 3 },
      { ...row, day: '2026-10-13', counted: 1, reason: 'working-day', used: 4, overdue: true },
      { ...row, day: '2026-10-14', counted: 1, reason: 'working-day', used: 5, overdue: true },
    ],
    parts: {
      'before-start': 0,
      'start-day': 1,
      'working-day': 4,
      'make-up-workday': 1,
      'calendar-day': 0,
      extension: 0,
      weekend: 1,
      holiday: 7,
      suspended: 1,
      stopped: 0,
    },
    total: {
      limit: 3,
      extended: 0,
      budget: 3,
      used: 5,
      left: -2,
      dueDay: '2026-10-12',
      dueAt: endOfDay('2026-10-12'),
      yellowAt: startOfDay('2026-10-12'),
      provisional: false,
    },
  });
});

test('calendar days count on days of rest too', () => {
  const { days } = explain(startClock(calendarDays(15), noon('2026-10-02')), china, noon('2026-10-04'));
  expect(days.map(({ day, counted, reason, name }) => [day, counted, reason, name])).toEqual([
    ['2026-10-02', 0, 'start-day', '国庆节'],
    ['2026-10-03', 1, 'calendar-day', '国庆节'],
    ['2026-10-04', 1, 'calendar-day', '国庆节'],
  ]);
});

test('a clock that waits for acceptance counts no day', () => {
  const waiting = explainWaiting(workingDays(20), china, noon('2026-09-30'), noon('2026-10-01'));
  const row = { counted: 0, reason: 'before-start', cause: null, article: null, used: 0, overdue: false };
  expect(waiting.days).toEqual([
    { ...row, day: '2026-09-30', name: null, provisional: false },
    { ...row, day: '2026-10-01', name: '国庆节', provisional: false },
  ]);
  expect([
    waiting.parts['before-start'],
    waiting.total.used,
    waiting.total.left,
    waiting.total.dueDay,
  ]).toEqual([2, 0, 20, null]);
});

test('days before the start, paid by the extension and after the stop say so', () => {
  const ledger: ClockLedger = {
    ...startClock(workingDays(1), noon('2026-11-03')),
    extensions: [{ days: 1, article: '行政许可法 Art. 42', by: '局长' }],
    stoppedAt: noon('2026-11-06'),
  };
  const { days } = explain(ledger, china, noon('2026-11-07'), noon('2026-11-02'));
  expect(days.map(({ day, counted, reason, overdue }) => [day, counted, reason, overdue])).toEqual([
    ['2026-11-02', 0, 'before-start', false],
    ['2026-11-03', 0, 'start-day', false],
    ['2026-11-04', 1, 'working-day', false],
    ['2026-11-05', 1, 'extension', false],
    ['2026-11-06', 1, 'working-day', true],
    ['2026-11-07', 0, 'stopped', true],
  ]);
});

test('a reading before the start shows nothing used', () => {
  const ledger = startClock(workingDays(5), noon('2026-11-02'));
  const clock = new StatutoryClock(ledger, calendarOf());
  expect([clock.daysUsed(noon('2026-10-01')), clock.daysLeft(noon('2026-10-01'))]).toEqual([0, 5]);
  expect(explain(ledger, calendarOf(), noon('2026-10-01')).days.map(({ day }) => day)).toEqual([
    '2026-11-02',
  ]);
});

test('F13 a term in working days never ends on a rest day, not even one of no days', () => {
  // Saturday 26 September 2026 is 中秋; Monday the 28th is worked.
  const immediate = (startedAt: string) =>
    new StatutoryClock(startClock({ days: 0, unit: 'working-day', start: 'receipt' }, startedAt), china)
      .dueDay;
  expect([immediate(noon('2026-09-24')), immediate(noon('2026-09-26'))]).toEqual([
    '2026-09-24',
    '2026-09-28',
  ]);
});

describe('a term in calendar days that would end on a rest day (民法典 Art. 203(1))', () => {
  // SG-05 received on 24 September 2026: seven days end on National Day; work begins again on 8 October.
  const clock = (endsOnRestDay?: 'moves' | 'stays') =>
    new StatutoryClock(
      startClock(
        { days: 7, unit: 'calendar-day', start: 'receipt', ...(endsOnRestDay && { endsOnRestDay }) },
        noon('2026-09-24'),
      ),
      china,
    );

  test('stays or moves, as the matter has it', () => {
    expect([clock().dueDay, clock('stays').dueDay, clock('moves').dueDay]).toEqual([
      '2026-10-01',
      '2026-10-01',
      '2026-10-08',
    ]);
  });

  test('that moved is in time on the days it moved over', () => {
    const days = ['2026-10-01', '2026-10-04', '2026-10-08', '2026-10-09'];
    expect(days.map((day) => clock('moves').daysLeft(noon(day)))).toEqual([0, 0, 0, -8]);
    const explained = explain(clock('moves').ledger, china, noon('2026-10-09'));
    expect(explained.days.slice(-3).map(({ day, overdue }) => [day, overdue])).toEqual([
      ['2026-10-07', false],
      ['2026-10-08', false],
      ['2026-10-09', true],
    ]);
    expect(explained.total).toMatchObject({ dueDay: '2026-10-08', left: -8 });
  });
});
