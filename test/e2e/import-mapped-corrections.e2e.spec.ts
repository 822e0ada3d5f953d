import 'reflect-metadata';
import { beforeEach, expect, test } from '@jest/globals';
import { documents } from './imported-documents.js';
import { openPlace, type Place } from './import-places.js';

const MAPPING = `log: t
timeZone: Asia/Shanghai
columns:
  case: case
  row: id
  activity: act
  time: time
  department: dept
  person: who
project: { template: receipt, matter: RC-01, region: '210521', prefix: t- }
activities:
  take: { command: AcceptApplication, fields: { note: text } }
  back: { command: ReturnApplication, fields: { reason: text } }
  again: SubmitSupplement
  grant: { command: ApproveApplication, fields: { opinion: text } }
  hand: { command: DeliverDecision, fields: { method: text } }
`;
const CASE = `case,id,act,time,dept,who,text
C1,1,take,2024-03-05 09:00:00,D1,P1,齐全
C1,2,back,2024-03-06 09:00:00,D1,P2,图纸与说明不一致
C1,3,again,2024-03-07 09:00:00,D1,P2,
C1,4,check,2024-03-08 09:00:00,D1,P2,
C1,5,grant,2024-03-11 09:00:00,D1,H1,符合条件
C1,6,hand,2024-03-12 09:00:00,D1,W1,当面
`;

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});

const instant = (day: string, time: string) => new Date(`${day}T${time}:00.000+08:00`).toISOString();

test.each([
  [
    'the time of an acceptance',
    ['2024-03-05 09:00:00,D1', '2024-03-05 10:00:00,D1'],
    {
      line: 2,
      field: 'time',
      recorded: instant('2024-03-05', '09:00'),
      found: instant('2024-03-05', '10:00'),
    },
  ],
  ['who accepted', ['D1,P1', 'D1,P7'], { line: 2, field: 'person', recorded: 'P1', found: 'P7' }],
  [
    'the reason of a return',
    ['图纸与说明不一致', '总平面图缺少签章'],
    { line: 3, field: 'reason', recorded: '图纸与说明不一致', found: '总平面图缺少签章' },
  ],
  [
    'the time of a decision',
    ['2024-03-11 09:00:00', '2024-03-11 15:00:00'],
    {
      line: 6,
      field: 'time',
      recorded: instant('2024-03-11', '09:00'),
      found: instant('2024-03-11', '15:00'),
    },
  ],
  ['who decided', ['D1,H1', 'D1,H2'], { line: 6, field: 'person', recorded: 'H1', found: 'H2' }],
  [
    'the department that decided',
    ['D1,H1', 'D9,H1'],
    { line: 6, field: 'department', recorded: 'D1', found: 'D9' },
  ],
  ['how it was delivered', ['当面', '邮寄'], { line: 7, field: 'method', recorded: '当面', found: '邮寄' }],
] as const)(
  'F6 a corrected row whose act was mapped: %s is reported, and with --correct every document is right',
  async (_, [was, is], difference) => {
    expect(await place.importText(CASE, MAPPING)).toMatchObject({ commands: 8, events: 8, badRows: 0 });
    const changed = CASE.replace(was, is);
    expect((await place.importText(changed, MAPPING)).differences).toEqual([
      { ...difference, corrected: false },
    ]);
    expect(await place.importText(changed, MAPPING, { correct: true })).toMatchObject({
      differences: [{ ...difference, corrected: true }],
      corrected: 1,
      badRows: 0,
    });
    const other = await openPlace();
    await other.importText(changed, MAPPING);
    expect(await documents(place)).toEqual(await documents(other));
    // Once it is corrected, the file says what is on record.
    expect(await place.importText(changed, MAPPING)).toMatchObject({ differing: 0, events: 0 });
  },
);

test('F6 a row that is another kind of act now is reported and not corrected', async () => {
  await place.importText(CASE, MAPPING);
  const [was, is] = ['4,check,2024-03-08 09:00:00,D1,P2,', '4,back,2024-03-08 09:00:00,D1,P2,缺图'];
  const report = await place.importText(CASE.replace(was, is), MAPPING, { correct: true });
  expect(report.differences).toEqual([
    { line: 5, field: 'activity', recorded: 'StepRecorded', found: 'ReturnApplication', corrected: false },
  ]);
});
