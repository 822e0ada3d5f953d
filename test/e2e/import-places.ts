import { afterAll } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Receipt, type StoredEvent } from '#libs/engine/event-sourcing';
import { importLog, type ImportOptions, type ImportReport, loadMapping } from '#libs/shell/log-import';
import { dataFile, seed, SYSTEM } from '#libs/shell/seeding';
import { createApplicationContext, openSystem, readConfig, type System } from '#libs/shell/system';
import { engineVariables } from '../support/engines.js';

/** A system on a directory of its own, with the catalogue loaded and no read models kept. */
export interface Place {
  readonly directory: string;
  readonly system: System;
  readonly app: INestApplicationContext;
  import(file: string, mapping: string, options?: Partial<ImportOptions>): Promise<ImportReport>;
  /** Imports rows by a mapping that are both given as texts; they lie in the directory as `log.csv` and `map.yaml`. */
  importText(csv: string, mapping: string, options?: Partial<ImportOptions>): Promise<ImportReport>;
  events(stream?: string): Promise<StoredEvent[]>;
}

const places: Place[] = [];

/** Closed and removed at the end of the test file. */
export async function openPlace(): Promise<Place> {
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
    importText: async (csv, mapping, options) => {
      const [log, map] = [join(directory, 'log.csv'), join(directory, 'map.yaml')];
      await writeFile(log, csv);
      await writeFile(map, mapping);
      return place.import(log, map, options);
    },
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

export const RECEIPT = dataFile('mappings', 'receipt.yaml');
export const SAMPLE = dataFile('receipt.csv.gz');

/** What these tests look at in the data of events of applications. */
export type Said = {
  readonly step?: string;
  readonly afterEnd?: boolean;
  readonly clock?: { readonly latePromised: boolean | null };
  readonly due?: { readonly promised: string | null };
  readonly custody: {
    readonly ended: { readonly by: { readonly department: string; readonly person: string } } | null;
  };
};

/** The facts of the sample log, read from nothing but the events. */
export function factsOf(events: readonly StoredEvent[]) {
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

/** What is known of the sample log. */
export const SAMPLE_FACTS = {
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
