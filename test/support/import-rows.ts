import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { importLog, type ImportReport, parseMapping } from '#libs/shell/log-import';
import { type HttpCommand } from '#libs/shell/nest';
import { SYSTEM } from '#libs/shell/seeding';
import { type TestServer } from '../e2e/server.js';

/** A log of CSV rows with these columns, all of them optional but the first four. */
const MAPPING = `
log: rows
format: csv
timeZone: Asia/Shanghai
columns:
  case: case
  activity: act
  time: time
  row: id
  department: dept
  person: who
  start: start
  end: end
  plannedEnd: plan
  responsible: resp
project: { template: TEMPLATE, matter: MATTER, region: '210521', prefix: e- }
`;

export interface ImportRowsOptions {
  /** Template and matter. Default: those of the sample log. */
  readonly of?: readonly [template: string, matter: string];
  /** There is a column `begun`. */
  readonly begun?: boolean;
  /** Further lines of the mapping. */
  readonly more?: string;
  /** Called before each command of the import; it goes on when the promise resolves. */
  readonly beforeCommand?: (command: HttpCommand) => Promise<void>;
}

/** Imports CSV rows over a running server. */
export async function importRows(
  server: TestServer,
  csv: string,
  { more = '', begun = false, of = ['receipt', 'RC-01'], beforeCommand }: ImportRowsOptions = {},
): Promise<ImportReport> {
  const { app, system, directory } = server;
  const path = join(directory, 'rows.csv');
  await writeFile(path, csv);
  const columns = begun ? MAPPING.replace('  row: id', '  row: id\n  begun: begun') : MAPPING;
  const mapping = columns.replace('TEMPLATE', of[0]).replace('MATTER', of[1]) + more;
  const report = await importLog(
    path,
    parseMapping(mapping, 'rows.yaml'),
    {
      execute: async (command: HttpCommand) => {
        await beforeCommand?.(command);
        return app.get(CommandBus).execute<Receipt>(command);
      },
      events: system.eventStore,
      now: () => new Date(system.clock.now()).toISOString(),
    },
    { actor: SYSTEM, workDirectory: join(directory, 'tmp') },
  );
  await server.caughtUp();
  return report;
}
