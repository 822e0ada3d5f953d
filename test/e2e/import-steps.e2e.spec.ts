import 'reflect-metadata';
import { afterEach, expect, test } from '@jest/globals';
import { importRows } from '../support/import-rows.js';
import { County } from '../acceptance/county.js';
import { openPlace, type Place } from './import-places.js';

let county: County | null = null;
afterEach(async () => {
  await county?.close();
  county = null;
});

const PROJECT = "project: { template: receipt, matter: RC-01, region: '210521', prefix: h- }\n";
const whole = (mapping: string) => `log: h\n${mapping}${PROJECT}`;

/** Imports a file by a mapping, and returns what was reported by line. */
async function importing(csv: string, mapping: string) {
  const place = await openPlace();
  const told: string[] = [];
  const report = await place.importText(csv, whole(mapping), {
    onNote: ({ line, reason }) => told.push(`${line}: ${reason}`),
    onBad: ({ line, reason }) => told.push(`${line}: ${reason}`),
  });
  return { place, report, told };
}

/** Steps and the end of an application: what, when, by whom, and when it was begun. */
async function stepsOf(place: Place, id: string) {
  const events = await place.events(`application-h-${id}-RC-01`);
  return events.slice(1).map(({ type, data, metadata }) => {
    const { step = null, begunAt = null } = data as { step?: string; begunAt?: string };
    return [type, step, metadata.occurredAt, metadata.actor.department, metadata.actor.person, begunAt];
  });
}

test('F9 several dates in one row are a step each, by the persons that the mapping names', async () => {
  const { place, report, told } = await importing(
    'no,office,clerk,head,received,checked,decided\n' +
      'C1,D1,P1,H1,2024-03-05,2024-03-06 10:00,2024-03-08\n' +
      'C2,D1,P1,H1,2024-03-05,,2024-13-08\nC3,D1,P1,H1,,,\n',
    `columns: { case: no, person: clerk, department: office }
dates:
  received: 收件
  checked: 审核
  decided: { activity: 决定, person: head, department: { value: D9 } }
`,
  );
  expect(await stepsOf(place, 'C1')).toEqual([
    ['StepRecorded', '收件', '2024-03-04T16:00:00.000Z', 'D1', 'P1', null],
    ['StepRecorded', '审核', '2024-03-06T02:00:00.000Z', 'D1', 'P1', null],
    ['StepRecorded', '决定', '2024-03-07T16:00:00.000Z', 'D9', 'H1', null],
  ]);
  expect((await stepsOf(place, 'C2')).map(([, step]) => step)).toEqual(['收件']);
  expect(told).toEqual([
    '3: time: "2024-13-08": there is no such day or time',
    '4: no time (columns "received", "checked", "decided" are empty)',
  ]);
  expect(report).toMatchObject({ rows: 3, cases: 2, badRows: 2 });
});

test('F9 a second import of rows with several dates adds nothing', async () => {
  const csv = 'id,no,clerk,received,decided\n7,C1,P1,2024-03-05,2024-03-08\n';
  const mapping = `columns: { case: no, row: id, person: clerk }\ndates: { received: 收件, decided: 决定 }\n`;
  const { place, report } = await importing(csv, mapping);
  expect(report).toMatchObject({ commands: 4, events: 4, badRows: 0 });
  expect(await place.importText(csv, whole(mapping))).toMatchObject({
    commands: 4,
    events: 0,
    differing: 0,
    badRows: 0,
  });
});

const TIMES = [
  'C1,a,2024-03-05 09:00,2024-03-05 08:00,P1,D1',
  'C1,b,2024-03-07 16:00,2024-03-07 14:00,P2,D1',
];

test('F9 one row with begin and end of its step is one step with its own handling time', async () => {
  const { place, told } = await importing(
    `case,act,done,begun,who,dept\n${TIMES.join('\n')}\nC1,c,2024-03-08 09:00,2024-03-08 10:00,P2,D1\n`,
    'columns: { case: case, activity: act, time: done, begun: begun, person: who, department: dept }\n',
  );
  expect(await stepsOf(place, 'C1')).toEqual([
    ['StepRecorded', 'a', '2024-03-05T01:00:00.000Z', 'D1', 'P1', '2024-03-05T00:00:00.000Z'],
    ['StepRecorded', 'b', '2024-03-07T08:00:00.000Z', 'D1', 'P2', '2024-03-07T06:00:00.000Z'],
  ]);
  expect(told).toEqual(['4: begun: 2024-03-08T02:00:00.000Z lies after the time 2024-03-08T01:00:00.000Z']);
});

test('F9 two rows that begin and complete a step are one step; what is left over is reported by line', async () => {
  const { place, told, report } = await importing(
    'case,act,at,phase,who,dept\n' +
      'C1,a,2024-03-05 08:00,start,P1,D1\nC1,a,2024-03-05 09:00,complete,P1,D1\n' +
      'C1,b,2024-03-07 14:00,START,P2,D1\nC1,b,2024-03-07 15:00,suspend,P2,D1\n' +
      'C1,b,2024-03-07 16:00,COMPLETE,P2,D1\nC1,c,2024-03-08 09:00,start,P2,D1\n',
    'columns: { case: case, activity: act, time: at, lifecycle: phase, person: who, department: dept }\n',
  );
  expect(await stepsOf(place, 'C1')).toEqual([
    ['StepRecorded', 'a', '2024-03-05T01:00:00.000Z', 'D1', 'P1', '2024-03-05T00:00:00.000Z'],
    ['StepRecorded', 'b', '2024-03-07T08:00:00.000Z', 'D1', 'P2', '2024-03-07T06:00:00.000Z'],
  ]);
  expect(told).toEqual([
    '5: lifecycle: "suspend" neither begins nor completes a step: passed over',
    '7: "c" was begun and not completed: passed over',
  ]);
  expect(report).toMatchObject({ rows: 6, leftOut: 1, badRows: 0, commands: 4 });
});

test('F9 the time before the begin of a step was waiting: it is the department’s and no person’s handling time', async () => {
  county = await County.open();
  const rows = ['id,case,act,time,begun,who,dept,start,end,plan,resp']
    .concat(TIMES.map((row, index) => row.replace(/^C1,(.),([^,]*),([^,]*),/, `${index + 1},C1,$1,$2,$3,`)))
    .map((row, index) => (index === 0 ? row : `${row},,,,`));
  const report = await importRows(county.server, `${rows.join('\n')}\n`, { begun: true });
  expect(report).toMatchObject({ badRows: 0, commands: 4 });
  const { body } = await county.server.get('/reports/workload?by=person&department=D1', 'demo-supervisor');
  const handled = body.items.map(({ person, handled: count, meanMinutes }: Record<string, unknown>) => [
    ...[person, count, meanMinutes],
  ]);
  // P1 worked from 8 to 9, P2 from 14 to 16.
  expect(handled).toEqual([
    ['P1', 1, 60],
    ['P2', 1, 120],
  ]);
  const answer = await county.server.get('/reports/accountability?project=e-C1', 'demo-supervisor');
  const waited = answer.body.holders.find(
    ({ department, person }: Record<string, unknown>) => department === 'D1' && person === null,
  );
  // From 9:00 on the 5th to 14:00 on the 7th.
  expect(waited.minutes).toBe(53 * 60);
});
