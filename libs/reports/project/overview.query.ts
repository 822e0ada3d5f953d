import { type Lamps, lampsAt, deadlineTally } from '#libs/county/approval';
import { EVERYWHERE } from '#libs/law/catalogue';
import { type ReadModels } from '#libs/engine/event-sourcing';
import { type OnTime, onTimeRate } from '../answers/on-time-rate.js';
import { overviewTally } from './overview.tally.js';

/**
 * A region at a glance; everything below the region is included. 按时办结率 is the share of completed projects with a promised term none of whose
 * applications was late.
 */
export type Overview = OnTime & {
  readonly region: string;
  readonly projects: number;
  readonly completed: number;
  readonly completedLate: number;
  readonly open: number;
  readonly keyProjects: number;
  readonly applications: {
    readonly opened: number;
    readonly submitted: number;
    readonly running: number;
    readonly ended: number;
    readonly granted: number;
    readonly refused: number;
    readonly late: number;
  };
  /** Running applications by lamp, to the legal day. */
  readonly lamps: Lamps;
  /** Version of the calendar that the lamps were reckoned under; null while there was no application. */
  readonly calendarVersion: string | null;
};

/** The models it rests on, for `asOf`. */
export const OVERVIEW_MODELS = [overviewTally, deadlineTally] as const;

/** Two documents, whatever the size of the county. `now` is the ISO instant that lamps are read at. */
export async function overview(
  models: ReadModels,
  { region = EVERYWHERE, now }: { readonly region?: string; readonly now: string },
): Promise<Overview> {
  const [totals, deadlines] = await Promise.all([
    models.get(overviewTally, region),
    models.get(deadlineTally, region),
  ]);
  const count = (counter: string) => totals?.counts[counter] ?? 0;
  const late = count('completedLate');
  const submitted = count('submitted');
  const ended = count('ended');
  return {
    region,
    projects: count('projects'),
    completed: count('completed'),
    completedLate: late,
    open: count('open'),
    ...onTimeRate({ onTime: count('completedWithTerm') - late, late }),
    keyProjects: count('keyProjects'),
    applications: {
      opened: count('applications'),
      submitted,
      running: submitted - ended,
      ended,
      granted: count('granted'),
      refused: count('refused'),
      late: count('lateApplications'),
    },
    lamps: lampsAt(deadlines?.counts ?? {}, now),
    calendarVersion: deadlines?.calendarVersion ?? null,
  };
}
