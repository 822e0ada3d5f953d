import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { ClockTable, type TableAct } from './clock-table.js';

// The table of clocks: every date below was counted by hand from the holiday notices. Limits are `promised/statutory`; a term
// of five working days warns on its last day (90 % of five is 4.5), and receipt to acceptance has three working days of its own.

const APPLICANT = 'demo-applicant';
const WINDOW = 'demo-window';
const HEAD = 'demo-head';
const REVIEWER = 'demo-reviewer';
const TOO_LONG = '422 application.extension-too-long';

/** Submitted and accepted, with a reviewer at once, so that no internal step speaks. */
const accepted = (day: string, application: string, window = WINDOW): readonly TableAct[] => [
  [`${day} 09:00`, application, 'submission', APPLICANT],
  [`${day} 09:10`, application, 'acceptance', window],
];
const assigned = (day: string, application: string): readonly TableAct[] => [
  [`${day} 09:20`, application, 'assignment', WINDOW, { person: REVIEWER, post: '审查' }],
];

describe('国庆节和中秋节 2025: 10-01 to 10-08 off, 09-28 and 10-11 worked', () => {
  let table: ClockTable;
  afterAll(() => table.close());
  beforeAll(async () => {
    table = await ClockTable.open('2025-09-26', ['a']);
    const acts = [...accepted('2025-09-26', 'a-LX-06'), ...assigned('2025-09-26', 'a-LX-06')];
    await table.play(acts, '2025-09-26', '2025-11-03');
  });

  test('C LX-06 accepted on 09-26, 5/20 working days: 10-10 and 10-30; yellow on 10-10 until 24:00, red from 10-11', () => {
    expect(table.told('a-LX-06')).toEqual([
      '09-26 23:50 green 10-10/10-30',
      '10-10 00:05 yellow 10-10/10-30',
      '10-11 00:05 red 10-10/10-30',
    ]);
  });
});

describe('春节 2026: 02-15 to 02-23 off, 02-14 and 02-28 worked', () => {
  let table: ClockTable;
  afterAll(() => table.close());
  beforeAll(async () => {
    table = await ClockTable.open('2026-02-10', ['b', 'c', 'd', 'e', 'f', 'g'], ['ecology-environment']);
    const ecology = 'ecology-environment-window';
    const items = [{ material: '环境影响报告表', reason: '缺附图' }];
    await table.play(
      [
        ['2026-02-10 09:00', 'b-LX-14', 'submission', APPLICANT],
        ['2026-02-10 09:01', 'c-LX-14', 'submission', APPLICANT],
        ['2026-02-12 10:00', 'c-LX-14', 'supplement-request', ecology, { items }],
        ['2026-02-12 15:00', 'd-LX-06', 'submission', APPLICANT],
        ['2026-02-13 20:00', 'f-LX-06', 'submission', APPLICANT],
        ['2026-02-13 20:01', 'g-LX-06', 'submission', WINDOW],
        ['2026-02-17 10:00', 'e-LX-06', 'submission', APPLICANT],
        ['2026-02-26 09:00', 'c-LX-14', 'supplement', APPLICANT],
      ],
      '2026-02-10',
      '2026-03-27',
    );
  });

  test('C LX-14 received on 02-10, 5 working / 30 calendar days: 02-24 and 03-12', () => {
    expect(table.told('b-LX-14')).toEqual([
      '02-10 23:50 green 02-24/03-12 notice 02-24',
      '02-14 00:05 yellow 02-24/03-12 notice 02-24',
      '02-25 00:05 red 02-24/03-12',
    ]);
  });

  test('C the same, notice on 02-12 and answer on 02-26: 03-02 and 03-26, nothing due in between, the second notice by 03-04', () => {
    expect(table.told('c-LX-14')).toEqual([
      '02-10 23:50 green 02-24/03-12 notice 02-24',
      '02-12 23:50 green null/null',
      '02-26 23:50 green 03-02/03-26 notice 03-04',
      '03-02 00:05 yellow 03-02/03-26 notice 03-04',
      '03-03 00:05 red 03-02/03-26 notice 03-04',
      '03-05 00:05 red 03-02/03-26',
    ]);
  });

  test('C LX-06 received on 02-12 and nobody acts: accepted on 02-27 as of 02-12, 02-26 and 03-18, red at once', async () => {
    expect(table.told('d-LX-06')).toEqual([
      '02-12 23:50 green null/null notice 02-26',
      '02-25 00:05 yellow null/null notice 02-26',
      '02-27 00:05 red 02-26/03-18',
    ]);
    expect((await table.found('d-LX-06'))['acceptedAt']).toBe('2026-02-12T07:00:00.000Z');
    expect((await table.escalations('d-LX-06'))[0]).toBe(
      'department-head 02-26 红灯：未在法定期限内一次告知，自收到之日起视为受理，承诺时限已于2026年2月26日届满',
    );
  });

  test('C received on a holiday, 02-17: the notice by 02-28', () => {
    expect(table.told('e-LX-06')).toEqual([
      '02-17 23:50 green null/null notice 02-28',
      '02-27 00:05 yellow null/null notice 02-28',
      '03-01 00:05 red 02-28/03-20',
    ]);
  });

  test('C received on 02-13 at 20:00 online: the notice by 02-27', () => {
    expect(table.told('f-LX-06')).toEqual([
      '02-13 23:50 green null/null notice 02-27',
      '02-26 00:05 yellow null/null notice 02-27',
      '02-28 00:05 red 02-27/03-19',
    ]);
  });

  test('C received on 02-13 at 20:00 at the counter, which closed at 17:30: received on 02-14, the notice by 02-28', async () => {
    expect(table.told('g-LX-06')).toEqual([
      '02-13 23:50 green null/null notice 02-28',
      '02-27 00:05 yellow null/null notice 02-28',
      '03-01 00:05 red 02-28/03-20',
    ]);
    expect((await table.found('g-LX-06'))['acceptedAt']).toBe('2026-02-14T00:30:00.000Z');
    const { receivedAt, receiptCountsFrom, statutory } = await table.clockOf('g-LX-06');
    expect({ receivedAt, receiptCountsFrom }).toEqual({
      receivedAt: '2026-02-13T12:01:00.000Z',
      receiptCountsFrom: '2026-02-14T00:30:00.000Z',
    });
    expect(statutory['days'].slice(0, 3).map(({ day, reason }: Body) => [day, reason])).toEqual([
      ['2026-02-13', 'before-start'],
      ['2026-02-14', 'start-day'],
      ['2026-02-15', 'holiday'],
    ]);
  });
});

describe('劳动节 2026: 05-01 to 05-05 off, 05-09 worked', () => {
  let table: ClockTable;
  afterAll(() => table.close());
  beforeAll(async () => {
    table = await ClockTable.open('2026-04-28', ['h', 'i']);
    const review = { cause: 'expert-review', notice: '本资告〔2026〕7号', days: 8 };
    const extension = { days: 10, reason: '须补充踏勘用地边界' };
    await table.play(
      [
        ...accepted('2026-04-28', 'h-LX-06'),
        ...assigned('2026-04-28', 'h-LX-06'),
        ...accepted('2026-04-28', 'i-LX-06'),
        ...assigned('2026-04-28', 'i-LX-06'),
        ['2026-04-30 10:00', 'i-LX-06', 'suspension', REVIEWER, review],
        ['2026-05-06 10:00', 'i-LX-06', 'approval', HEAD, {}, '409 application.suspended'],
        ['2026-05-11 10:00', 'i-LX-06', 'resumption', REVIEWER],
        ['2026-06-03 10:00', 'i-LX-06', 'extension', HEAD, { ...extension, days: 11 }, TOO_LONG],
        ['2026-06-03 10:01', 'i-LX-06', 'extension', HEAD, extension],
        ['2026-06-03 10:02', 'i-LX-06', 'extension', HEAD, extension, '409 application.extended-before'],
      ],
      '2026-04-28',
      '2026-06-19',
    );
  });

  test('C LX-06 accepted on 04-28 without a procedure: 05-08 and 05-28', () => {
    expect(table.told('h-LX-06')).toEqual([
      '04-28 23:50 green 05-08/05-28',
      '05-08 00:05 yellow 05-08/05-28',
      '05-09 00:05 red 05-08/05-28',
    ]);
  });

  test('C expert review from 04-30 to 05-11: 05-14 and 06-04; no decision meanwhile; extended by 10 on 06-03: 05-28 and 06-18, 11 and a second time refused', () => {
    expect(table.told('i-LX-06')).toEqual([
      '04-28 23:50 green 05-08/05-28',
      '04-30 23:50 green null/null',
      '05-11 23:50 green 05-14/06-04',
      '05-14 00:05 yellow 05-14/06-04',
      '05-15 00:05 red 05-14/06-04',
      '06-03 23:50 red 05-28/06-18',
    ]);
  });
});

describe('中秋节 and 国庆节 2026: 09-25 to 09-27 and 10-01 to 10-07 off, 09-20 and 10-10 worked', () => {
  let table: ClockTable;
  afterAll(() => table.close());
  beforeAll(async () => {
    table = await ClockTable.open('2026-09-18', ['k', 'l', 'm', 'n', 'o'], ['housing-construction']);
    const reasons = { article: '城乡规划法 Art. 36', reason: '选址不符合国土空间规划' };
    await table.play(
      [
        ...['k', 'l', 'm'].flatMap((id) => [
          ...accepted('2026-09-18', `${id}-LX-06`),
          ...assigned('2026-09-18', `${id}-LX-06`),
        ]),
        ['2026-09-24 09:00', 'n-SG-05', 'submission', APPLICANT],
        ['2026-09-24 09:30', 'l-LX-06', 'steps', REVIEWER, { step: '审查' }],
        ['2026-09-24 09:31', 'm-LX-06', 'steps', REVIEWER, { step: '审查' }],
        ['2026-09-24 10:00', 'l-LX-06', 'approval', HEAD],
        ['2026-09-24 10:01', 'm-LX-06', 'refusal', HEAD, reasons],
        ...accepted('2026-09-26', 'o-JG-02', 'housing-construction-window'),
      ],
      '2026-09-18',
      '2026-10-23',
    );
  });

  test('C LX-06 accepted on 09-18: 09-24 and 10-22', () => {
    expect(table.told('k-LX-06')).toEqual([
      '09-18 23:50 green 09-24/10-22',
      '09-24 00:05 yellow 09-24/10-22',
      '09-25 00:05 red 09-24/10-22',
    ]);
  });

  test('C granted on 09-24: delivered by 10-15; Art. 44 sets no term for a refusal', () => {
    expect([table.told('l-LX-06'), table.told('m-LX-06')]).toEqual([
      [
        '09-18 23:50 green 09-24/10-22',
        '09-24 00:05 yellow 09-24/10-22',
        '09-24 23:50 null 09-24/10-22 delivery 10-15',
      ],
      ['09-18 23:50 green 09-24/10-22', '09-24 00:05 yellow 09-24/10-22', '09-24 23:50 null 09-24/10-22'],
    ]);
  });

  test('C SG-05 received on 09-24: promised for 09-28 and due on 10-08, no day of rest; the notice may be given until 10-09', async () => {
    expect(table.told('n-SG-05')).toEqual([
      '09-24 23:50 green 09-28/10-08 notice 10-09',
      '09-28 00:05 yellow 09-28/10-08 notice 10-09',
      '09-29 00:05 red 09-28/10-08 notice 10-09',
      '10-10 00:05 red 09-28/10-08',
    ]);
    const { remarks } = await table.clockOf('n-SG-05', '2026-10-08T01:00:00.000Z');
    expect(remarks).toEqual([
      {
        zh: '法定期限自收到申请之日起计算，2026年10月8日届满，早于一次告知的期限（2026年10月9日）；应当在法定期限届满前受理或者一次告知',
        en: 'The statutory term runs from receipt and ends on 2026-10-08, before that of the one-time notice (2026-10-09): accept or notify before the statutory term ends',
        articles: ['建筑法 Art. 7, 8', '行政许可法 Art. 32(4)'],
      },
    ]);
    expect((await table.byTime('n-SG-05')).slice(0, 2)).toEqual([
      'ApplicationWarned term 09-27',
      'ApplicationEscalated department-head 09-28',
    ]);
  });

  test('C JG-02 accepted on a holiday, 09-26, 5 working / 15 calendar days: 10-09 and 10-12', () => {
    expect(table.told('o-JG-02')).toEqual([
      '09-26 23:50 green 10-09/10-12',
      // Nobody is assigned by 09-28: the internal step warns.
      '09-29 00:05 yellow 10-09/10-12',
      '10-10 00:05 red 10-09/10-12',
    ]);
  });
});

/** 01-01 to 01-03 off, Saturday 01-09 worked. */
const NOTICE_OF_2027 = `version: '2027.1'
knownUntil: 2027-12-31
days:
  - { day: 2027-01-01, working: false, name: 元旦, notice: x }
  - { day: 2027-01-02, working: false, name: 元旦, notice: x }
  - { day: 2027-01-03, working: false, name: 元旦, notice: x }
  - { day: 2027-01-09, working: true, name: 元旦, notice: x }
`;

describe('2027, before and after its holiday notice', () => {
  let table: ClockTable;
  let before: string;
  afterAll(() => table.close());
  beforeAll(async () => {
    table = await ClockTable.open('2026-12-21', ['p']);
    const acts = [...accepted('2026-12-21', 'p-LX-06'), ...assigned('2026-12-21', 'p-LX-06')];
    await table.play(acts, '2026-12-21', '2026-12-29');
    before = (await table.clockOf('p-LX-06'))['calendarVersion'];
    const file = join(table.directory, 'holidays.yaml');
    writeFileSync(file, NOTICE_OF_2027);
    await table.restart({ HOLIDAYS_FILE: file });
    await table.play([], '2026-12-30', '2027-01-20');
  });

  test('C LX-06 accepted on 12-21, 2027 unknown: 12-28 and 01-19, provisional, since 01-01 is off whatever the notice; with it 01-18', async () => {
    expect(table.told('p-LX-06')).toEqual([
      '12-21 23:50 green 12-28/01-19?',
      '12-28 00:05 yellow 12-28/01-19?',
      '12-29 00:05 red 12-28/01-19?',
      '12-30 00:05 red 12-28/01-18',
    ]);
    const { recorded, calendarVersion } = await table.clockOf('p-LX-06');
    expect([recorded.due.statutory, recorded.calendarVersion, calendarVersion === before]).toEqual([
      '2027-01-19T16:00:00.000Z',
      before,
      false,
    ]);
  });
});
