import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { RuleViolation } from '#libs/engine/event-sourcing';
import { type Difference, importLog, type ImportReport, loadMapping } from '#libs/shell/log-import';
import { seed } from '#libs/shell/seeding';
import { refusalText, UserError } from './failure.js';
import { progressOn } from './progress.js';
import { type CommonOptions, configOf, OPERATOR, withRenewals } from './session.js';

export interface ImportCommandOptions extends CommonOptions {
  readonly mapping: string;
  readonly strict?: true;
  readonly correct?: true;
}

/**
 * Percent by which the heap grows beyond what is in use before it is collected again. By default V8 lets it grow to several
 * times as much on a machine with much memory.
 */
const HEAP_GROWTH = 10;

/** What the process may hold, pages of the log's file included, before an import rests. Opened anew it holds some 220 MB. */
const MOST_HELD_BYTES = 235e6;
/** Rows between two rests, at least and at most. */
const FEWEST_ROWS = 1_000;
const MOST_ROWS = 10_000;

const restIsDue = (rows: number): boolean =>
  rows >= MOST_ROWS || (rows >= FEWEST_ROWS && process.memoryUsage.rss() > MOST_HELD_BYTES);

/** Imports a log as commands. The catalogue is loaded first where it is not there yet. */
export async function importCommand(
  file: string,
  options: ImportCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  const mapping = await loadMapping(options.mapping);
  const config = configOf(options);
  const progress = progressOn(process.stderr);
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  const report = await withRenewals(config, async ({ current, renew }) => {
    const { system, commands } = current();
    const { eventStore, log: logger, clock } = system;
    await seed({ commands, eventStore, logger, clock }, { mode: 'catalogue' });
    try {
      return await importLog(
        file,
        mapping,
        {
          execute: (command) => current().execute(command),
          get events() {
            return current().system.eventStore;
          },
          now: () => current().now(),
          rest: { isDue: restIsDue, take: renew },
          explain: (error) => (error instanceof RuleViolation ? refusalText(error) : error.message),
        },
        {
          actor: OPERATOR,
          strict: options.strict === true,
          correct: options.correct === true,
          workDirectory: join(config.dataDirectory, 'tmp'),
          signal,
          onProgress: ({ phase, done, total }) => progress.show(phase, done, total),
          onBad: ({ line, reason }) => process.stderr.write(`${file}:${line}: ${reason}\n`),
          onNote: ({ line, reason }) => process.stderr.write(`${file}:${line}: ${reason}\n`),
          onDifference: (one) => process.stderr.write(`${file}:${one.line}: ${differenceText(one)}\n`),
        },
      );
    } finally {
      progress.end();
    }
  });
  process.stdout.write(`${summary(report)}\n`);
  if (report.stopped) throw new UserError('stopped at the first bad row (--strict)');
}

function differenceText({ field, recorded, found, corrected }: Difference): string {
  const said = `${field}: ${found ?? 'nothing'} in the file, ${recorded ?? 'nothing'} on record`;
  return corrected ? `${said} (corrected)` : said;
}

function summary(report: ImportReport): string {
  const { log, rows, cases, commands, replayed, events, leftOut, badRows, differing, corrected } = report;
  return [
    `${log}: ${rows} rows, ${cases} cases, ${commands} commands`,
    `${events} events recorded, ${replayed} were on record`,
    `${differing} differences from the record, ${corrected} of them corrected`,
    `${badRows} bad rows, ${leftOut} left out by the mapping`,
  ].join('; ');
}
