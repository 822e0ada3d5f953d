import { DeciderRunner, type EventStore, systemMeta } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { DEMO_SEED, holdsOthers, SYSTEM } from '#libs/shell/seeding';
import { type Logger } from 'pino';
import { simulatedCountyDecider, simulationStream } from './county.decider.js';
import { type Named } from './people.js';
import { simulateCounty, type SimulationDependencies, type SimulationReport } from './simulate-county.js';

const DEMO_PROJECTS = 90;

/** The demo accounts are people of the county, so that a person who signs in has work to do. */
const DEMO_PEOPLE: Named = new Map([
  ['company-1', 'demo-applicant'],
  ['natural-resources-window', 'demo-window'],
  ['natural-resources-reviewer-1', 'demo-reviewer'],
  ['natural-resources-head', 'demo-head'],
  ['deputy-head-1', 'demo-leader'],
  ['campaign-officer', 'demo-campaign'],
]);

export interface DemoCountyDependencies extends SimulationDependencies {
  readonly eventStore: EventStore;
  readonly logger: Logger;
  /** The instant of the start, ISO. */
  readonly now: string;
}

export interface DemoCountyOptions {
  readonly projects?: number;
  readonly signal?: AbortSignal;
}

/**
 * Plays a county up to the beginning of this day: planned for the day of the first start, and played on at later ones, where
 * people have left it to the simulation. Returns null where there was nothing to play, or it was stopped. Adds nothing to a log that began with other projects. The catalogue must be loaded.
 */
export async function playDemoCounty(
  dependencies: DemoCountyDependencies,
  options: DemoCountyOptions = {},
): Promise<SimulationReport | null> {
  try {
    return await play(dependencies, options);
  } catch (error) {
    // Stopped: the results of the last commands, from closing stores, do not matter, and the next start continues.
    if (options.signal?.aborted !== true) throw error;
    return null;
  }
}

async function play(
  dependencies: DemoCountyDependencies,
  { projects = DEMO_PROJECTS, signal }: DemoCountyOptions,
): Promise<SimulationReport | null> {
  const { eventStore, logger, now } = dependencies;
  const stream = simulationStream(DEMO_SEED);
  const runner = new DeciderRunner(eventStore, simulatedCountyDecider);
  const { state } = await runner.load(stream);
  const today = dayOf(now);
  if (state.until !== null && state.until >= today) return null;
  if (state.plan === null && (await holdsOthers(eventStore))) {
    logger.warn('the log holds projects already: no simulated county is mixed in');
    return null;
  }
  const meta = (commandId: string) => systemMeta({ commandId, correlationId: 'seed', actor: SYSTEM, now });
  const plan = state.plan ?? { seed: DEMO_SEED, projects, planned: today };
  await runner.run(stream, { type: 'PlanSimulatedCounty', plan, meta: meta(`${stream}/planned`) });
  let refused = 0;
  const report = await simulateCounty(dependencies, {
    ...{ projects: plan.projects, seed: plan.seed, named: DEMO_PEOPLE },
    underWay: { planned: plan.planned, until: today },
    onRefused: ({ id, type }, refusal) => {
      refused += 1;
      logger.info(
        { id, type, reason: refusal.message },
        'left out of the simulated county: people have acted since',
      );
    },
    ...(signal && { signal }),
  });
  const played = { until: today, refused };
  await runner.run(stream, { type: 'NotePlayedCounty', played, meta: meta(`${stream}/${today}`) });
  const { applications, commands, replayed } = report;
  logger.info(
    { projects: plan.projects, applications, commands, replayed, until: today },
    'the simulated county is played',
  );
  return report;
}
