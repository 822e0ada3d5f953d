import 'reflect-metadata';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type ImportedCaseCorrected } from '#libs/county/approval';
import { type StoredEvent } from '#libs/engine/event-sourcing';
import { type ImportReport } from '#libs/shell/log-import';
import { documents, timeline } from './imported-documents.js';
import { openPlace, type Place } from './import-places.js';

const mapping = (more = '', zone = 'Asia/Shanghai') => `log: t
format: csv
timeZone: ${zone}
columns:
  case: case
  activity: act
  time: time
  department: dept
  person: who
${more}
project: { template: receipt, matter: RC-01, region: '210521', prefix: t- }
`;
const WITH_ID = '  row: id';
const ENDED = '  row: id\n  start: start\n  end: end\n  plannedEnd: plan\n  responsible: resp';

const TZ = `case,id,act,time,dept,who
C1,1,a,2024-03-05 09:00:00,D1,P1
C1,2,b,2024-03-06 09:00:00,D1,P1
C1,3,c,2024-03-07 09:00:00,D1,P1
`;

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});

/** What a report says of differences and bad rows. */
const said = ({
  commands,
  replayed,
  events,
  differences,
  differing,
  corrected,
  bad,
  badRows,
}: ImportReport) => ({
  commands,
  replayed,
  events,
  differences,
  differing,
  corrected,
  bad,
  badRows,
});

const corrections = (events: readonly StoredEvent[]) =>
  events.filter(({ type }) => type === 'ImportedCaseCorrected');

/** The same place after a file was imported into it and into nothing before. */
async function fresh(csv: string, yaml: string): Promise<Place> {
  const other = await openPlace();
  await other.importText(csv, yaml);
  return other;
}

const APPLICATION = 'application-t-C1-RC-01';

describe('F6 a log that says otherwise than what is on record', () => {
  const SHIFTED = [
    { line: 2, field: 'time', recorded: '2024-03-05T08:00:00.000Z', found: '2024-03-05T01:00:00.000Z' },
    { line: 3, field: 'time', recorded: '2024-03-06T08:00:00.000Z', found: '2024-03-06T01:00:00.000Z' },
    { line: 4, field: 'time', recorded: '2024-03-07T08:00:00.000Z', found: '2024-03-07T01:00:00.000Z' },
  ];

  test.each([
    ['with row ids', WITH_ID],
    ['without row ids', ''],
  ])('F6 another time zone %s: each row is told with its line, nothing is recorded', async (_, more) => {
    await place.importText(TZ, mapping(more, 'Europe/Amsterdam'));
    const before = await place.events();
    const report = await place.importText(TZ, mapping(more));
    expect(said(report)).toEqual({
      commands: 5,
      replayed: 5,
      events: 0,
      differences: SHIFTED.map((one) => ({ ...one, corrected: false })),
      differing: 3,
      corrected: 0,
      bad: [],
      badRows: 0,
    });
    const after = await place.events();
    expect(after.filter(({ stream }) => !stream.startsWith('import-'))).toEqual(
      before.filter(({ stream }) => !stream.startsWith('import-')),
    );
  });

  test.each([
    ['with row ids', WITH_ID],
    ['without row ids', ''],
  ])(
    'F6 --correct %s records one correction, and every document is that of a fresh import',
    async (_, more) => {
      await place.importText(TZ, mapping(more, 'Europe/Amsterdam'));
      const report = await place.importText(TZ, mapping(more), { correct: true });
      expect(said(report)).toMatchObject({
        differences: SHIFTED.map((one) => ({ ...one, corrected: true })),
        differing: 3,
        corrected: 3,
        badRows: 0,
      });
      expect(await documents(place)).toEqual(await documents(await fresh(TZ, mapping(more))));

      const [entry] = (await timeline(place, APPLICATION)).filter(({ step }) => step === 'b');
      expect(entry).toMatchObject({
        occurredAt: '2024-03-06T01:00:00.000Z',
        ended: { from: '2024-03-05T01:00:00.000Z' },
        original: {
          occurredAt: '2024-03-06T08:00:00.000Z',
          department: 'D1',
          post: null,
          person: 'P1',
          step: 'b',
        },
      });
      const [correction] = corrections(await place.events());
      expect((correction?.data as ImportedCaseCorrected['data']).changes[0]).toEqual({
        line: 2,
        revision: '1',
        ofProject: false,
        field: 'time',
        before: '2024-03-05T08:00:00.000Z',
        after: '2024-03-05T01:00:00.000Z',
      });

      const again = await place.importText(TZ, mapping(more), { correct: true });
      expect(said(again)).toMatchObject({ differing: 0, corrected: 0, events: 0, badRows: 0 });
      expect(corrections(await place.events())).toHaveLength(1);
      // And back again: a correction stands on the one before.
      await place.importText(TZ, mapping(more, 'Europe/Amsterdam'), { correct: true });
      expect(await documents(place)).toEqual(
        await documents(await fresh(TZ, mapping(more, 'Europe/Amsterdam'))),
      );
      const back = (await timeline(place, APPLICATION)).filter(({ step }) => step === 'b');
      expect(back.map(({ occurredAt, original }) => [occurredAt, original ?? null])).toEqual([
        ['2024-03-06T08:00:00.000Z', null],
      ]);
    },
  );

  const CASE = `case,id,act,time,dept,who,start,end,plan,resp
C1,1,a,2024-03-05 09:00:00,D1,P1,2024-03-05 08:00:00,2024-03-08 10:00:00,2024-03-07 00:00:00,Z
C1,2,b,2024-03-06 09:00:00,D2,P2,2024-03-05 08:00:00,2024-03-08 10:00:00,2024-03-07 00:00:00,Z
C1,3,c,2024-03-07 09:00:00,D1,P1,2024-03-05 08:00:00,2024-03-08 10:00:00,2024-03-07 00:00:00,Z
`;
  const edit = (...pairs: readonly (readonly [string, string])[]) =>
    pairs.reduce((csv, [from, to]) => csv.replaceAll(from, to), CASE);
  const CHANGES: readonly (readonly [string, string, readonly object[]])[] = [
    [
      'a time that moves a row behind the next one',
      edit(['2024-03-06 09:00:00', '2024-03-07 12:00:00']),
      [{ line: 3, field: 'time', recorded: '2024-03-06T01:00:00.000Z', found: '2024-03-07T04:00:00.000Z' }],
    ],
    ['a person', edit(['D2,P2', 'D2,P9']), [{ line: 3, field: 'person', recorded: 'P2', found: 'P9' }]],
    [
      'a department',
      edit(['D2,P2', 'D9,P2']),
      [{ line: 3, field: 'department', recorded: 'D2', found: 'D9' }],
    ],
    ['an activity', edit(['2,b,', '2,x,']), [{ line: 3, field: 'activity', recorded: 'b', found: 'x' }]],
    [
      'an end that leaves a row behind it, and makes the case punctual',
      edit(['2024-03-08 10:00:00', '2024-03-06 12:00:00']),
      [{ line: 3, field: 'end', recorded: '2024-03-08T02:00:00.000Z', found: '2024-03-06T04:00:00.000Z' }],
    ],
    [
      'a promised end',
      edit(['2024-03-07 00:00:00', '2024-03-09 00:00:00']),
      [
        {
          line: 2,
          field: 'plannedEnd',
          recorded: '2024-03-06T16:00:00.000Z',
          found: '2024-03-08T16:00:00.000Z',
        },
      ],
    ],
    [
      'a beginning',
      edit(['2024-03-05 08:00:00', '2024-03-04 08:00:00']),
      [{ line: 2, field: 'start', recorded: '2024-03-05T00:00:00.000Z', found: '2024-03-04T00:00:00.000Z' }],
    ],
    ['who closed it', edit([',Z', ',Y']), [{ line: 4, field: 'responsible', recorded: 'Z', found: 'Y' }]],
  ];

  test.each(CHANGES)(
    'F6 %s is reported, and with --correct every document is right',
    async (_, csv, differences) => {
      await place.importText(CASE, mapping(ENDED));
      const told = await place.importText(csv, mapping(ENDED));
      expect(said(told)).toEqual({
        commands: 6,
        replayed: 6,
        events: 0,
        differences: differences.map((one) => ({ ...one, corrected: false })),
        differing: 1,
        corrected: 0,
        bad: [],
        badRows: 0,
      });
      const report = await place.importText(csv, mapping(ENDED), { correct: true });
      expect(said(report)).toMatchObject({
        differences: differences.map((one) => ({ ...one, corrected: true })),
        corrected: 1,
        badRows: 0,
      });
      expect(await documents(place)).toEqual(await documents(await fresh(csv, mapping(ENDED))));
    },
  );

  test('F6 a row that the file no longer has, and an end that it takes back, are reported', async () => {
    await place.importText(CASE, mapping(ENDED));
    const report = await place.importText(
      `${CASE.split('\n').slice(0, 2).join('\n')}\n`.replaceAll('2024-03-08 10:00:00', ''),
      mapping(ENDED),
      { correct: true },
    );
    expect(report.differences).toEqual([
      { line: 2, field: 'row', recorded: 'b 2024-03-06T01:00:00.000Z', found: null, corrected: false },
      { line: 2, field: 'row', recorded: 'c 2024-03-07T01:00:00.000Z', found: null, corrected: false },
      { line: 2, field: 'end', recorded: '2024-03-08T02:00:00.000Z', found: null, corrected: false },
    ]);
  });

  test('F6 a file of new rows only says so; without ids its rows are then added', async () => {
    const next = 'case,id,act,time,dept,who\nC1,1,a,2024-03-09 09:00:00,D1,P1\n';
    await place.importText(TZ, mapping());
    const held = await place.importText(next, mapping());
    expect([held.events, held.differences.map(({ field }) => field)]).toEqual([0, ['time', 'row', 'row']]);
    const added = await place.importText(next, `${mapping()}increment: true\n`);
    expect([added.events, added.differing]).toEqual([1, 0]);
  });

  test('F6 a case that people have acted on since is reported, and not corrected', async () => {
    await place.importText(TZ, mapping(WITH_ID));
    const [step] = (await place.events(APPLICATION)).filter(({ type }) => type === 'StepRecorded');
    if (!step) throw new Error('no step');
    const last = (await place.events(APPLICATION)).at(-1);
    await place.system.eventStore.append(APPLICATION, last?.revision ?? null, [
      {
        id: '11111111-1111-5111-8111-111111111111',
        type: step.type,
        version: 1,
        data: step.data,
        metadata: { ...step.metadata, commandId: 'by-hand', correlationId: 'a-request' },
      },
    ]);
    const report = await place.importText(TZ.replace('D1,P1', 'D1,P7'), mapping(WITH_ID), { correct: true });
    expect(said(report)).toMatchObject({
      differences: [{ line: 2, field: 'person', recorded: 'P1', found: 'P7', corrected: false }],
      bad: [
        {
          line: 2,
          reason:
            'correction of t-C1-RC-01: application.acted-on-since-import {"application":"t-C1-RC-01","event":"StepRecorded"}',
        },
      ],
    });
  });
});

describe('F7 what a log says later', () => {
  const FIRST = `case,id,act,time,dept,who,start,end,plan,resp
C1,1,a,2024-03-05 09:00:00,D1,P1,2024-03-05 08:00:00,,,
`;
  const SECOND = `case,id,act,time,dept,who,start,end,plan,resp
C1,1,a,2024-03-05 09:00:00,D1,P1,2024-03-05 08:00:00,2024-03-09 10:00:00,2024-03-08 10:00:00,
C1,2,b,2024-03-06 09:00:00,D1,P1,2024-03-05 08:00:00,2024-03-09 10:00:00,2024-03-08 10:00:00,
`;

  test('F7 the promised end and the end are added, and the case is late', async () => {
    await place.importText(FIRST, mapping(ENDED));
    const report = await place.importText(SECOND, mapping(ENDED));
    expect(said(report)).toEqual({
      commands: 5,
      replayed: 3,
      events: 2,
      differences: [
        { line: 2, field: 'plannedEnd', recorded: null, found: '2024-03-08T02:00:00.000Z', corrected: true },
      ],
      differing: 1,
      corrected: 1,
      bad: [],
      badRows: 0,
    });
    expect(await documents(place)).toEqual(await documents(await fresh(SECOND, mapping(ENDED))));
    const closed = (await place.events(APPLICATION)).find(({ type }) => type === 'ApplicationClosed');
    expect(closed?.data).toMatchObject({
      clock: { stoppedAt: '2024-03-09T02:00:00.000Z', latePromised: true, lateStatutory: null },
    });
  });

  test('F7 a line that is bad for two reasons is one bad row', async () => {
    const clash = mapping(ENDED).replace('log: t', 'log: other');
    await place.importText(FIRST, mapping(ENDED));
    const report = await place.importText(SECOND, clash);
    expect(report).toMatchObject({ rows: 2, badRows: 2 });
  });
});
