import {
  type ApplicationDocument,
  type CustodyInterval,
  type Held,
  type Holder,
  partitionCustody,
  stretchParts,
  applications as applicationModel,
} from '#libs/county/approval';
import { minutesBetween, workingMinutes, type WorkingCalendar } from '#libs/law/calendar';
import { type ReadModels } from '#libs/engine/event-sourcing';
import { type Breach, breachesOf } from './breach.rules.js';
import { type ProjectDocument } from '../project/project.document.js';
import { projects } from '../project/project.projection.js';
import { type TimelineEntry } from '../timeline/timeline-entry.js';
import { entriesOf, type TimelineDocument, timelines } from '../timeline/timeline.projection.js';
import { timelineBlocks } from '../timeline/timeline.query.js';

/** A stretch of a project's time with the one holder who is accountable for it. */
export type AccountabilityItem = Holder & {
  readonly from: string;
  readonly to: string;
  /** Null while none of the project's applications was running. */
  readonly application: string | null;
  readonly minutes: number;
  readonly workingMinutes: number;
  /** Still running: `to` is now. */
  readonly open: boolean;
};

/** All the time of one holder in the project. */
type HolderTotal = Holder & {
  readonly minutes: number;
  readonly workingMinutes: number;
  /** Of all minutes, 0 to 1; null when the project has none. */
  readonly share: number | null;
};

/** Who held a project for how long, and what rules were not kept. The parts of each list sum to the totals. */
export type Accountability = {
  readonly project: string;
  readonly from: string;
  readonly to: string;
  readonly items: readonly AccountabilityItem[];
  /** The longest first. */
  readonly holders: readonly HolderTotal[];
  readonly totalMinutes: number;
  readonly totalWorkingMinutes: number;
  readonly breaches: readonly Breach[];
};

/** The models it rests on, for `asOf`. */
export const ACCOUNTABILITY_MODELS = [projects, applicationModel, timelines] as const;

/**
 * The accountability audit of one project; null when there is no such project. What still runs is counted up to `now`
 * (ISO instant). Reads only the documents of this project.
 */
export async function accountability(
  models: ReadModels,
  calendar: WorkingCalendar,
  { project: id, now }: { readonly project: string; readonly now: string },
): Promise<Accountability | null> {
  const project = await models.get(projects, id);
  if (project === null) return null;
  const [documents, blocks] = await Promise.all([
    models.getMany(
      applicationModel,
      project.applications.map(({ application }) => application),
    ),
    timelineBlocks(models, id),
  ]);
  const entries = entriesByApplication(blocks);
  const cases = documents
    .filter((document) => document !== null)
    .map((application) => ({ application, entries: entries.get(application.id) ?? [] }));
  const to = endOf(project, cases, now);
  const items = partitionCustody({
    from: project.registeredAt,
    to,
    applicant: { party: 'applicant', department: null, post: null, person: project.applicant },
    applications: cases.map((one) => ({
      application: one.application.id,
      ended: stretchesOf(one),
      running: runningOf(one),
    })),
  }).map((interval) => itemOf(interval, calendar, isRunning(project, cases) && interval.to === to));
  const totalMinutes = minutesBetween(project.registeredAt, to);
  return {
    project: id,
    from: project.registeredAt,
    to,
    items,
    holders: holdersOf(items, totalMinutes),
    totalMinutes,
    totalWorkingMinutes: workingMinutes(project.registeredAt, to, calendar),
    breaches: cases.flatMap((one) => breachesOf({ ...one, calendar, now })),
  };
}

type Case = { readonly application: ApplicationDocument; readonly entries: readonly TimelineEntry[] };

function entriesByApplication(blocks: readonly TimelineDocument[]): Map<string, TimelineEntry[]> {
  const entries = new Map<string, TimelineEntry[]>();
  for (const block of [...blocks].sort((a, b) => a.block - b.block)) {
    if (block.application === null) continue;
    entries.set(block.application, [...(entries.get(block.application) ?? []), ...entriesOf(block)]);
  }
  return entries;
}

function stretchesOf({ entries }: Case): readonly Held[] {
  return entries.flatMap(({ ended = null, begunAt }) => stretchParts(ended, begunAt));
}

function runningOf({ application: { holder, heldSince } }: Case) {
  return holder === null || heldSince === null ? null : { by: holder, since: heldSince };
}

/** A project is running while one of its applications has not ended, or a decision is still to be delivered. */
function isRunning(project: ProjectDocument, cases: readonly Case[]): boolean {
  return project.status === 'open' || cases.some((one) => runningOf(one) !== null);
}

/** Now while the project runs; else the end of the last stretch, which may be a step after the decision. */
function endOf(project: ProjectDocument, cases: readonly Case[], now: string): string {
  const ends = cases.flatMap((one) => stretchesOf(one).map(({ to }) => to));
  const last = [project.registeredAt, ...ends].reduce((a, b) => (a > b ? a : b));
  return isRunning(project, cases) && now > last ? now : last;
}

function itemOf(interval: CustodyInterval, calendar: WorkingCalendar, open: boolean): AccountabilityItem {
  const { from, to, by, application } = interval;
  return {
    from,
    to,
    ...by,
    application,
    minutes: minutesBetween(from, to),
    workingMinutes: workingMinutes(from, to, calendar),
    open,
  };
}

function holdersOf(items: readonly AccountabilityItem[], totalMinutes: number): readonly HolderTotal[] {
  const totals = new Map<string, { by: Holder; minutes: number; working: number }>();
  for (const { party, department, post, person, minutes, workingMinutes: working } of items) {
    const key = JSON.stringify([party, department, post, person]);
    const total = totals.get(key) ?? { by: { party, department, post, person }, minutes: 0, working: 0 };
    totals.set(key, { by: total.by, minutes: total.minutes + minutes, working: total.working + working });
  }
  return [...totals.values()]
    .sort((a, b) => b.minutes - a.minutes)
    .map(({ by, minutes, working }) => ({
      ...by,
      minutes,
      workingMinutes: working,
      share: totalMinutes === 0 ? null : minutes / totalMinutes,
    }));
}
