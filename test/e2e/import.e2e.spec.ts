import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type MatterDefinition, ReviseMatter } from '#libs/catalogue';
import { type Receipt, type StoredEvent, StoreUnavailable } from '#libs/event-sourcing';
import { testMeta } from '#libs/event-sourcing-testing';
import {
  importLog,
  type ImportOptions,
  type ImportReport,
  loadMapping,
  parseMapping,
} from '#libs/log-import';
import { bodyReader, type HttpCommand } from '#libs/nest';
import { dataFile, projectRoot, seed, SYSTEM } from '#libs/seeding';
import { createApplicationContext, openSystem, readConfig, type System } from '#libs/system';
import { engineVariables } from '../support/engines.js';

/** A system on a directory of its own, with the catalogue loaded and no read models kept. */
interface Place {
  readonly directory: string;
  readonly system: System;
  readonly app: INestApplicationContext;
  import(file: string, mapping: string, options?: Partial<ImportOptions>): Promise<ImportReport>;
  events(stream?: string): Promise<StoredEvent[]>;
}

const places: Place[] = [];

async function openPlace(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'import-e2e-'));
  const config = readConfig({ DATA_DIR: directory, LOG_LEVEL: 'silent', ...engineVariables(directory) });
  const system = await openSystem({ ...config, roles: new Set() });
  const app = await createApplicationContext(system);
  const commands = app.get(CommandBus);
  const { eventStore, log: logger, clock } = system;
  await seed({ commands, eventStore, logger, clock }, { mode: 'catalogue' });
  const place: Place = {
    directory,
    system,
    app,
    import: async (file, mapping, options = {}) =>
      importLog(
        file,
        await loadMapping(mapping),
        {
          execute: (command) => commands.execute<Receipt>(command),
          events: eventStore,
          now: () => new Date(clock.now()).toISOString(),
        },
        { actor: SYSTEM, workDirectory: join(directory, 'tmp'), ...options },
      ),
    events: async (stream) => {
      const events: StoredEvent[] = [];
      const source = stream === undefined ? eventStore.readAll(null) : eventStore.readStream(stream);
      for await (const event of source) events.push(event);
      return events;
    },
  };
  places.push(place);
  return place;
}

afterAll(async () => {
  for (const { app, directory } of places) {
    await app.close();
    await rm(directory, { recursive: true });
  }
});

const RECEIPT = dataFile('mappings', 'receipt.yaml');
const SAMPLE = dataFile('receipt.csv.gz');

/** What these tests look at in the data of events of applications. */
type Said = {
  readonly step?: string;
  readonly afterEnd?: boolean;
  readonly clock?: { readonly latePromised: boolean | null };
  readonly due?: { readonly promised: string | null };
  readonly custody: {
    readonly ended: { readonly by: { readonly department: string; readonly person: string } } | null;
  };
};

/** The facts of the sample log, read from nothing but the events. */
function factsOf(events: readonly StoredEvent[]) {
  const data = (event: StoredEvent) => event.data as Said;
  const streams = new Set(
    events.map(({ stream }) => stream).filter((stream) => stream.startsWith('project-')),
  );
  const closed = events.filter(({ type }) => type === 'ApplicationClosed');
  const departments: Record<string, number> = {};
  for (const { metadata } of events) {
    const { department } = metadata.actor;
    if (department !== null) departments[department] = (departments[department] ?? 0) + 1;
  }
  return {
    projects: streams.size,
    completed: closed.length,
    completedLate: closed.filter((event) => data(event).clock?.latePromised === true).length,
    afterEnd: events.filter((event) => event.type === 'StepRecorded' && data(event).afterEnd).length,
    departments,
  };
}

const SAMPLE_FACTS = {
  projects: 1434,
  completed: 1329,
  completedLate: 389,
  afterEnd: 180,
  departments: {
    'Group 1': 3152,
    EMPTY: 1936,
    'Group 2': 1228,
    'Group 3': 1146,
    'Group 4': 1048,
    'Group 13': 28,
    'Group 15': 25,
    'Group 14': 8,
    'Group 12': 4,
    'Group 7': 2,
  },
};

describe('the sample log', () => {
  let place: Place;
  let report: ImportReport;
  beforeAll(async () => {
    place = await openPlace();
    report = await place.import(SAMPLE, RECEIPT);
  }, 120_000);

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
      region: '210521',
    });
  });

  test('tells of case-10011 its steps in order, each stretch belonging to whoever completed it', async () => {
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
    expect(new Set(opened.map(({ stream }) => stream.slice(0, 13)))).toEqual(new Set(['account-demo-']));
    expect(await readdir(join(place.directory, 'tmp'))).toEqual([]);
  });
});

describe('seeding', () => {
  test('opens the demo accounts once and goes on with a sample that was interrupted', async () => {
    const place = await openPlace();
    const { eventStore, log: logger } = place.system;
    const stopping = new AbortController();
    let now = 0;
    // The clock is asked for every command: so it is a way to stop in the middle of them.
    const clock = { now: () => (++now === 9_000 ? stopping.abort() : undefined, place.system.clock.now()) };
    const dependencies = { commands: place.app.get(CommandBus), eventStore, logger };
    const printed: string[] = [];
    const first = await seed(
      { ...dependencies, clock },
      { mode: 'sample', print: (line) => printed.push(line), signal: stopping.signal },
    );
    expect(first.imported).toBeNull();
    expect(first.accounts.map(({ name }) => name)).toEqual([
      'demo-applicant',
      'demo-window',
      'demo-reviewer',
      'demo-head',
      'demo-supervisor',
      'demo-leader',
      'demo-campaign',
      'demo-admin',
    ]);
    expect(printed.slice(1)).toEqual(
      first.accounts.map(({ name, password }) => `  ${name.padEnd(15)}  ${password}`),
    );
    const partly = factsOf(await place.events());
    expect(partly.projects).toBeGreaterThan(0);
    expect(partly.projects).toBeLessThan(1434);

    const second = await seed(dependencies, { mode: 'sample', print: (line) => printed.push(line) });
    expect(second.accounts).toEqual([]);
    expect(second.imported?.commands).toBe(12_774);
    expect(second.imported?.replayed).toBeGreaterThan(0);
    expect(printed).toHaveLength(9);
    const facts = factsOf(await place.events());
    expect({ ...facts, departments: { ...SAMPLE_FACTS.departments, ...facts.departments } }).toEqual(
      SAMPLE_FACTS,
    );
  }, 120_000);
});

describe('seeding again', () => {
  test('leaves alone what a person changed', async () => {
    const place = await openPlace();
    const { eventStore, log: logger, clock } = place.system;
    const commands = place.app.get(CommandBus);
    const [published] = await place.events('matter-RC-01');
    const { code, ...matter } = (published?.data as { readonly matter: MatterDefinition }).matter;
    const revise = bodyReader(ReviseMatter)({ ...matter, nameEn: 'Intake', reason: '更名' });
    revise.id = code;
    revise.meta = { ...testMeta(), actor: SYSTEM };
    await commands.execute<Receipt>(revise);
    const before = await place.events();
    expect(await seed({ commands, eventStore, logger, clock }, { mode: 'catalogue' })).toEqual({
      accounts: [],
      kept: [],
      imported: null,
    });
    expect(await place.events()).toEqual(before);
  });

  test('shows the passwords it made even when an account could not be opened', async () => {
    const place = await openPlace();
    const { eventStore, log: logger, clock } = place.system;
    const bus = place.app.get(CommandBus);
    const away = new StoreUnavailable('test', 'away');
    const commands = Object.create(bus, {
      execute: {
        value: (command: HttpCommand) =>
          command.id === 'demo-head' ? Promise.reject(away) : bus.execute<Receipt>(command),
      },
    }) as CommandBus;
    const printed: string[] = [];
    const print = (line: string) => void printed.push(line.trim().split(' ')[0] ?? '');
    await expect(seed({ commands, eventStore, logger, clock }, { mode: 'none', print })).rejects.toBe(away);
    expect(printed).toEqual([
      'Demo',
      'demo-applicant',
      'demo-window',
      'demo-reviewer',
      'demo-supervisor',
      'demo-leader',
      'demo-campaign',
      'demo-admin',
    ]);
    printed.length = 0;
    await seed({ commands: bus, eventStore, logger, clock }, { mode: 'none', print });
    expect(printed).toEqual(['Demo', 'demo-head']);
  });
});

describe('an XES log with names of its own', () => {
  test('is imported through its mapping, packed or not', async () => {
    const place = await openPlace();
    const log = join(projectRoot(), 'libs', 'log-import', 'fixtures', 'building-permits.xes');
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

  test('without it the good rows are recorded, each case in the order of time, and the bad ones told', async () => {
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

  test('a case that cannot be opened is told with its rows, and the others go on', async () => {
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
