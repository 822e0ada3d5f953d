import { writeFile } from 'node:fs/promises';
import { isDay, startOfDay } from '#libs/law/calendar';
import { type Receipt } from '#libs/engine/event-sourcing';
import { type Clock, type HttpCommand } from '#libs/shell/nest';
import { seed as loadCatalogue } from '#libs/shell/seeding';
import { FIRST_DAY, KEY_PROJECTS, simulateCounty, type SimulationReport } from '#libs/shell/simulation';
import { UserError } from './failure.js';
import { progressOn } from './progress.js';
import { type CommonOptions, configOf, withSession } from './session.js';

export interface SimulateCommandOptions extends CommonOptions {
  readonly projects: string;
  readonly seed: string;
  readonly truth?: string;
  readonly backEntries?: true;
  readonly until?: string;
}

/** Plays a simulated county into the data directory. The catalogue is loaded first where it is not there yet. */
export async function simulateCommand(options: SimulateCommandOptions, signal: AbortSignal): Promise<void> {
  const projects = whole('--projects', options.projects, KEY_PROJECTS, 10_000_000);
  const seed = whole('--seed', options.seed, 0, 999_999_999);
  const { until } = options;
  if (until !== undefined && !isDay(until))
    throw new UserError(`--until must be a day such as 2026-12-01, not "${until}"`);
  const underWay = until === undefined ? {} : { underWay: { planned: until } };
  const progress = progressOn(process.stderr);
  const report = await withSession(configOf(options), async ({ system, commands }) => {
    const { eventStore, log: logger, calendar } = system;
    await loadCatalogue({ commands, eventStore, logger, clock: new StandingClock() }, { mode: 'catalogue' });
    try {
      return await simulateCounty(
        { execute: (command: HttpCommand) => commands.execute<Receipt>(command), calendar },
        {
          projects,
          seed,
          ...underWay,
          backEntries: options.backEntries === true,
          signal,
          onProgress: (done) => progress.show('projects', done, projects),
        },
      );
    } finally {
      progress.end();
    }
  });
  if (options.truth !== undefined) {
    await writeFile(options.truth, `${JSON.stringify(report.truth, null, 2)}\n`);
  }
  process.stdout.write(`${summary(seed, report)}\n`);
}

/** The catalogue is published in the morning of the first day, so that the same seed gives the same log. */
class StandingClock implements Clock {
  private readonly instant = Date.parse(startOfDay(FIRST_DAY));

  now(): number {
    return this.instant;
  }
}

function summary(
  seed: number,
  { projects, applications, commands, replayed, truth }: SimulationReport,
): string {
  return [
    `county ${seed}: ${projects} projects, ${applications} applications, ${commands} commands`,
    `${replayed} were on record`,
    `${truth.keyProjects.length} key projects, ${truth.stalled.length} of them stalled`,
  ].join('; ');
}

function whole(option: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < min || number > max) {
    throw new UserError(`${option} must be a whole number from ${min} to ${max}, not "${text}"`);
  }
  return number;
}
