import 'reflect-metadata';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CommandBus } from '@nestjs/cqrs';
import { type ImportReport, parseMapping } from '#libs/shell/log-import';
import { dataFile, projectRoot, seed } from '#libs/shell/seeding';
import { factsOf, openPlace, type Place, RECEIPT, type Said, SAMPLE, SAMPLE_FACTS } from './import-places.js';

describe('the sample log', () => {
  let place: Place;
  let report: ImportReport;
  beforeAll(async () => {
    place = await openPlace();
    report = await place.import(SAMPLE, RECEIPT);
  });

  test('is imported whole', () => {
    expect(report).toEqual({
      log: 'receipt',
      digest: '8d00a7d15e02796ae262336d304a7265a158956e8914aeb8ee2242f37d778854',
      rows: 8577,
      leftOut: 0,
      cases: 1434,
      departments: 10,
      commands: 12_774,
      replayed: 0,
      events: 12_774,
      differences: [],
      differing: 0,
      corrected: 0,
      noted: 0,
      bad: [],
      badRows: 0,
      stopped: false,
    });
  });

  test('gives the facts that every report must reproduce', async () => {
    expect(factsOf(await place.events())).toEqual(SAMPLE_FACTS);
  });

  test('makes its groups departments of the mapping’s region', async () => {
    const [established] = await place.events('department-Group 15');
    expect(established?.data).toEqual({
      department: 'Group 15',
      name: 'Group 15',
      nameEn: null,
      region: 'NL',
    });
  });

  test('lists the steps of case-10011 in order, each stretch belonging to the person who completed it', async () => {
    const events = await place.events('application-case-10011-RC-01');
    expect(
      events.map(({ type, metadata, data }) => {
        const { custody, step = null, due = null } = data as Said;
        return [
          type,
          step,
          metadata.occurredAt,
          custody.ended?.by.department ?? null,
          custody.ended?.by.person ?? null,
          due?.promised ?? null,
        ];
      }),
    ).toEqual([
      ['ApplicationSubmitted', null, '2011-10-11T11:42:22.688Z', null, null, '2011-12-06T12:41:31.788Z'],
      ['StepRecorded', 'Confirmation of receipt', '2011-10-11T11:45:40.276Z', 'Group 1', 'Resource21', null],
      [
        'StepRecorded',
        'T02 Check confirmation of receipt',
        '2011-10-12T06:26:25.398Z',
        'Group 4',
        'Resource10',
        null,
      ],
      [
        'StepRecorded',
        'T03 Adjust confirmation of receipt',
        '2011-11-24T14:36:51.302Z',
        'Group 1',
        'Resource21',
        null,
      ],
      [
        'StepRecorded',
        'T02 Check confirmation of receipt',
        '2011-11-24T14:37:16.553Z',
        'Group 4',
        'Resource21',
        null,
      ],
    ]);
  });

  test('a second import adds nothing, nor does seeding the sample', async () => {
    const before = await place.system.eventStore.lastPosition();
    const again = await place.import(SAMPLE, RECEIPT);
    expect(again).toEqual({ ...report, replayed: 12_774, events: 0 });
    const { eventStore, log: logger, clock } = place.system;
    const seeded = await seed(
      { commands: place.app.get(CommandBus), eventStore, logger, clock },
      { mode: 'sample', print: () => undefined },
    );
    expect(seeded.imported).toBeNull();
    const opened = (await place.events()).filter(({ position }) => before !== null && position > before);
    // The accounts of the demo, the organisation of its applicant, and that its credit code is taken.
    const code = '91210521MA0DEMXY0Q';
    const people = ['admin', 'applicant', 'campaign', 'head', 'leader', 'reviewer', 'supervisor', 'window'];
    expect([...new Set(opened.map(({ stream }) => stream))].sort()).toEqual([
      ...people.map((name) => `account-demo-${name}`),
      `organisation-${code}`,
      `value-credit-code-${createHash('sha256').update(code).digest('hex')}`,
    ]);
    expect(await readdir(join(place.directory, 'tmp'))).toEqual([]);
  });
});

describe('an XES log with names of its own', () => {
  test('is imported through its mapping, packed or not', async () => {
    const place = await openPlace();
    const log = join(projectRoot(), 'libs', 'shell', 'log-import', 'fixtures', 'building-permits.xes');
    const mapping = dataFile('mappings', 'building-permits-xes.yaml');
    const report = await place.import(`${log}.gz`, mapping);
    expect(report).toMatchObject({ rows: 10, leftOut: 1, cases: 3, commands: 16, events: 16, badRows: 0 });
    expect((await place.events('application-bp-2024-001-RC-01')).map(({ type }) => type)).toEqual([
      'ApplicationSubmitted',
      'ApplicationAccepted',
      'StepRecorded',
      'ApplicationApproved',
      'StepRecorded',
    ]);
    const returned = await place.events('application-bp-2024-002-902f9dca4b-RC-01');
    expect(returned.map(({ type }) => type)).toEqual([
      'ApplicationSubmitted',
      'ApplicationAccepted',
      'ApplicationReturned',
      'ApplicationResubmitted',
      'ApplicationClosed',
      'StepRecorded',
    ]);
    expect(returned[4]?.data).toMatchObject({ outcome: 'archived', clock: { latePromised: true } });
    expect(await place.import(log, mapping)).toEqual({ ...report, replayed: 16, events: 0 });
  });
});

describe('a log that is not as it should be', () => {
  const header = 'file,step,when,who\n';
  const mapping = `{ log: odd, columns: { case: file, activity: step, time: when, person: who },
    project: { template: receipt, matter: RC-01, region: '210521' }, timeZone: '+08:00' }`;
  let place: Place;
  let log: string;
  let yaml: string;
  beforeAll(async () => {
    place = await openPlace();
    log = join(place.directory, 'odd.csv');
    yaml = join(place.directory, 'odd.yaml');
    parseMapping(mapping, yaml);
    await writeFile(yaml, mapping);
    await writeFile(
      log,
      `${header}A,look,2024-01-02 09:00,Li\nB,look,2024-01-02 09:10,Li\nA,look,2024-02-30 09:00,Li\nA,write,2024-01-02 09:20,Li\n,look,2024-01-02 09:30,Li\nB,send,2024-01-02 09:00,Wang\n`,
    );
  });

  const BAD = [
    { line: 4, reason: 'time: "2024-02-30 09:00": there is no such day or time' },
    { line: 6, reason: 'no case (column "file" is empty or absent)' },
  ];

  test('with --strict nothing at all is recorded', async () => {
    const before = await place.system.eventStore.lastPosition();
    const told: unknown[] = [];
    const report = await place.import(log, yaml, { strict: true, onBad: (bad) => told.push(bad) });
    expect(report).toMatchObject({ stopped: true, bad: BAD.slice(0, 1), badRows: 1, commands: 0 });
    expect(told).toEqual(BAD.slice(0, 1));
    expect(await place.system.eventStore.lastPosition()).toBe(before);
  });

  test('without it the good rows are recorded, each case in the order of time, and the bad ones reported', async () => {
    const report = await place.import(log, yaml, { rowsInMemory: 1 });
    expect(report).toMatchObject({
      rows: 6,
      cases: 2,
      commands: 8,
      events: 8,
      bad: BAD,
      badRows: 2,
      stopped: false,
    });
    const steps = async (stream: string) =>
      (await place.events(stream)).map(({ data }) => (data as Said).step ?? null);
    expect(await steps('application-A-RC-01')).toEqual([null, 'look', 'write']);
    expect(await steps('application-B-RC-01')).toEqual([null, 'send', 'look']);
  });

  test('a case that cannot be opened is reported with its rows, and the others go on', async () => {
    const clash = join(place.directory, 'clash.yaml');
    await writeFile(clash, mapping.replace('log: odd', 'log: other'));
    const more = join(place.directory, 'more.csv');
    await writeFile(
      more,
      `${header}A,look,2024-01-02 09:00,Li\nA,write,2024-01-02 09:20,Li\nC,look,2024-01-02 09:30,Li\n`,
    );
    const report = await place.import(more, clash);
    expect(report).toMatchObject({
      commands: 3,
      bad: [
        { line: 2, reason: 'RegisterProject A: project.exists {"project":"A"}' },
        { line: 3, reason: 'its case could not be opened (line 2)' },
      ],
    });
  });

  test('the order of the rows in the file makes no difference', async () => {
    const [head = '', ...lines] = gunzipSync(await readFile(SAMPLE))
      .toString()
      .trimEnd()
      .split('\n');
    const some = lines.slice(0, 300);
    const shuffled = some
      .map((line, index) => ({ line, key: (index * 7919) % 307 }))
      .sort((a, b) => a.key - b.key);
    const told: unknown[] = [];
    for (const [name, order] of [
      ['in-order.csv', some],
      ['shuffled.csv', shuffled.map(({ line }) => line)],
    ] as const) {
      const there = await openPlace();
      const file = join(there.directory, name);
      await writeFile(file, [head, ...order, ''].join('\n'));
      const { badRows } = await there.import(file, RECEIPT, { rowsInMemory: 40 });
      const events = (await there.events()).filter(({ stream }) =>
        /^(project|application)-case-/.test(stream),
      );
      const said = events.map(
        ({ stream, revision, type, data, metadata: { occurredAt, actor, commandId } }) => ({
          stream,
          revision,
          type,
          data,
          occurredAt,
          actor,
          commandId,
        }),
      );
      said.sort((a, b) =>
        a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : Number(a.revision - b.revision),
      );
      told.push({ badRows, said });
    }
    expect(told[1]).toEqual(told[0]);
  });
});
