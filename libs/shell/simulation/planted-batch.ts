import { RecordStep } from '#libs/county/approval/http';
import { by, groupedBy } from '#libs/engine/event-sourcing';
import { addWorkingDays, dayOf, instantOf, millisecondsOf, startOfDay } from '#libs/law/calendar';
import { type CountyPlan } from './county-plan.js';
import { writeProject } from './project-script.js';
import { type BackEntryTruth } from './truth.js';

/** Acts of one person that are typed in together. */
const ENTRIES = 20;
/** Working days after the last of them. */
const LATER = 15;
/** Half past ten in the evening, and one entry every 45 seconds from then on. */
const EVENING_MS = 22.5 * 3_600_000;
const PACE_MS = 45_000;

/** A batch of back-entries (补录): when each of its acts is typed in, by the project and the place in its script. */
export type PlantedBatch = {
  readonly truth: BackEntryTruth;
  readonly recordedAt: ReadonlyMap<string, string>;
};

export const placeOf = (project: string, place: number): string => `${project}/${place}`;

type Step = { readonly person: string; readonly key: string; readonly at: string };

/**
 * Takes the steps of one reviewer that lie closest together, and has them typed in on one evening weeks later. The acts stay
 * what and when they were.
 * @throws Error when nobody has done so many steps
 */
export function plantBatch(plan: CountyPlan): PlantedBatch {
  const [chosen] = [...stepsOf(plan)]
    .flatMap(([person, steps]) => windowsOf(steps).map((window) => ({ person, window })))
    .sort(
      by(
        ({ window }) => extentOf(window),
        ({ person }) => person,
      ),
    );
  if (chosen === undefined) throw new Error(`nobody in county ${plan.seed} has done ${ENTRIES} steps`);
  const { person, window } = chosen;
  const last = window.at(-1)?.at ?? '';
  const evening = millisecondsOf(startOfDay(addWorkingDays(plan.calendar, dayOf(last), LATER))) + EVENING_MS;
  const typed = window.map(({ key }, place) => [key, instantOf(evening + place * PACE_MS)] as const);
  return {
    truth: {
      person,
      entries: typed.length,
      from: typed[0]?.[1] ?? '',
      to: typed.at(-1)?.[1] ?? '',
    },
    recordedAt: new Map(typed),
  };
}

/** Every step of every reviewer, in order of time. */
function stepsOf(plan: CountyPlan): ReadonlyMap<string, readonly Step[]> {
  return groupedBy([...allSteps(plan)].sort(by(({ at }) => at)), ({ person }) => person);
}

function* allSteps(plan: CountyPlan): Generator<Step> {
  for (const planned of plan.all()) {
    const { project, commands } = writeProject(plan, planned);
    for (const [place, { command, at, actor }] of commands.entries())
      if (command instanceof RecordStep) yield { person: actor.person, key: placeOf(project, place), at };
  }
}

const windowsOf = (steps: readonly Step[]): readonly (readonly Step[])[] =>
  steps.flatMap((_, first) => (first + ENTRIES <= steps.length ? [steps.slice(first, first + ENTRIES)] : []));

const extentOf = (window: readonly Step[]): number =>
  millisecondsOf(window.at(-1)?.at ?? '') - millisecondsOf(window[0]?.at ?? '');
