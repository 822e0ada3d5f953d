import { type ApplicationDocument, excluded, isExpired, submissionOf } from '#libs/county/approval';
import {
  lastDayOf,
  addWorkingDays,
  dayOf,
  nextWorkingDay,
  dayOfNumber,
  numberOfDay,
  startClock,
  StatutoryClock,
  workingDaysBetween,
  type WorkingCalendar,
} from '#libs/law/calendar';
import {
  type ApprovalLine,
  type CriticalPath,
  criticalPath,
  inWorkingDays,
  limitOf,
  type MatterDefinition,
} from '#libs/law/catalogue';
import { type OpenedApplication } from '#libs/county/project';

/** What a forecast needs to know of a submitted application. */
export type RunningCase = Pick<
  ApplicationDocument,
  | 'open'
  | 'stage'
  | 'outcome'
  | 'due'
  | 'terms'
  | 'promisedEnd'
  | 'submittedAt'
  | 'counter'
  | 'acceptedAt'
  | 'suspensions'
  | 'supplementPeriod'
  | 'extensions'
  | 'validUntil'
  | 'renewal'
  | 'lapsedOn'
>;

/** One matter of a project: what its template opened, the application if it was submitted, and the catalogue's definition. */
export type PlannedMatter = {
  readonly opened: Pick<
    OpenedApplication,
    'application' | 'matter' | 'matterName' | 'stage' | 'department' | 'prerequisites'
  >;
  readonly document: RunningCase | null;
  readonly definition: Pick<MatterDefinition, 'promised' | 'statutory' | 'line'> | null;
};

/** `not-granted`: it ended, and what waits for it cannot go on. */
type MatterProgress = 'done' | 'running' | 'not-begun' | 'not-granted';

/** A number of working days from today, and the day on which they end. */
type Finish = { readonly workingDays: number; readonly day: string };

export type ForecastMatter = {
  readonly application: string;
  readonly matter: string;
  readonly matterName: string;
  readonly stage: string;
  readonly line: ApprovalLine | null;
  readonly department: string | null;
  readonly progress: MatterProgress;
  /** The whole promised term in working days: of calendar days five of seven count, rounded up. */
  readonly termDays: number;
  /** What is left of it today: the whole while it has not begun, nothing once it has ended. */
  readonly daysLeft: number;
  readonly overdue: boolean;
  /** Its clock stands still today; the forecast lets it run on at once. */
  readonly suspended: boolean;
  /** The earliest end; null when it has ended, or waits for something that was not granted. */
  readonly finish: Finish | null;
};

export type Forecast = {
  /** The longest chain of prerequisites with every term whole, as on the day of registration. */
  readonly criticalPath: CriticalPath;
  /** The chain of what is not done that decides the earliest end, in order; empty when nothing can be foretold. */
  readonly remainingPath: readonly string[];
  /** Null when everything has ended, or something was not granted. */
  readonly earliestFinish: (Finish & { readonly provisional: boolean }) | null;
  /** Applications that ended without being granted. */
  readonly blockedBy: readonly string[];
  /** Matters that have no limit: they count as no day. */
  readonly withoutLimit: readonly string[];
  readonly matters: readonly ForecastMatter[];
};

/** The end of one matter: working days from today, and the matters that lead to it. Null: it cannot end. */
type Arrival = { readonly workingDays: number; readonly path: readonly string[] } | null;

/**
 * When a project can be finished at the earliest: what runs needs what is left of its promised term and may end no
 * sooner than its prerequisites; what has not begun begins when they have ended and takes its whole promised term.
 * Terms of submitted applications are those they run under, the others those of the catalogue.
 */
export function forecast(
  planned: readonly PlannedMatter[],
  calendar: WorkingCalendar,
  now: string,
): Forecast {
  const today = dayOf(now);
  const matters = withLostGrants(
    planned.map((matter) => standing(matter, calendar, now)),
    planned,
    today,
  );
  const byId = new Map(matters.map((matter) => [matter.opened.application, matter]));
  const known = new Map<string, Arrival>();
  const arrivalOf = (application: string): Arrival => {
    const cached = known.get(application);
    if (cached !== undefined) return cached;
    const matter = byId.get(application);
    if (!matter) throw new Error(`${application} is a prerequisite and not of the project`);
    const arrival = arrivalAfter(matter, matter.opened.prerequisites.map(arrivalOf));
    known.set(application, arrival);
    return arrival;
  };
  const onDay = (workingDays: number): Finish => ({
    workingDays,
    day: finishDay(calendar, today, workingDays),
  });
  const open = matters.filter(({ progress }) => progress !== 'done');
  const last = latest(open.map(({ opened }) => arrivalOf(opened.application)));
  const blockedBy = open.filter(({ progress }) => progress === 'not-granted');
  const codes = new Map(planned.map(({ opened }) => [opened.application, opened.matter]));
  const finish = open.length === 0 || last === null ? null : onDay(last.workingDays);
  return {
    criticalPath: criticalPath(
      planned.map(({ opened: { matter, prerequisites } }) => ({
        code: matter,
        prerequisites: prerequisites.flatMap((id) => codes.get(id) ?? []),
      })),
      (code) => matters.find(({ opened }) => opened.matter === code)?.termDays ?? 0,
    ),
    remainingPath: last?.path ?? [],
    earliestFinish: finish && {
      ...finish,
      provisional: calendar.isProvisional(numberOfDay(finish.day)),
    },
    blockedBy: blockedBy.map(({ opened }) => opened.application),
    withoutLimit: matters.filter(({ isLimited }) => !isLimited).map(({ opened }) => opened.matter),
    matters: matters.map(({ opened, line, progress, termDays, daysLeft, overdue, suspended }) => {
      const { application, matter, matterName, stage, department } = opened;
      const arrival = progress === 'done' ? null : arrivalOf(application);
      return {
        ...{ application, matter, matterName, stage, line, department },
        ...{ progress, termDays, daysLeft, overdue, suspended },
        finish: arrival && onDay(arrival.workingDays),
      };
    }),
  };
}

type Standing = Pick<
  ForecastMatter,
  'line' | 'progress' | 'termDays' | 'daysLeft' | 'overdue' | 'suspended'
> &
  Pick<PlannedMatter, 'opened'> & { readonly isLimited: boolean };

function standing(
  { opened, document, definition }: PlannedMatter,
  calendar: WorkingCalendar,
  now: string,
): Standing {
  const terms = document?.terms ?? definition;
  const limit = terms && limitOf(terms);
  const termDays = limit ? inWorkingDays(limit) : 0;
  const progress = progressOf(document);
  const left = document && progress === 'running' ? leftOf(document, calendar, now) : null;
  return {
    opened,
    line: definition?.line ?? null,
    progress,
    termDays,
    daysLeft: left?.days ?? (progress === 'not-begun' ? termDays : 0),
    overdue: left?.overdue ?? false,
    suspended: progress === 'running' && document?.suspensions.at(-1)?.to === null,
    isLimited: limit !== null || (document?.promisedEnd ?? null) !== null,
  };
}

/**
 * What was granted and is not in force any more is not there for what still waits for it. Where everything that waits for it
 * has ended, it has served its purpose.
 */
function withLostGrants(
  matters: readonly Standing[],
  planned: readonly PlannedMatter[],
  today: string,
): readonly Standing[] {
  const waitedFor = new Set(
    matters.flatMap(({ progress, opened }) => (progress === 'done' ? [] : opened.prerequisites)),
  );
  return matters.map((matter, index) => {
    const isLost = hasLostGrant(planned[index]?.document ?? null, today);
    const lost = matter.progress === 'done' && isLost && waitedFor.has(matter.opened.application);
    return lost ? { ...matter, progress: 'not-granted' } : matter;
  });
}

const hasLostGrant = (document: RunningCase | null, today: string): boolean =>
  document !== null && (document.lapsedOn !== undefined || isExpired(document, today));

function progressOf(document: RunningCase | null): MatterProgress {
  if (document === null) return 'not-begun';
  const { open, stage, outcome } = document;
  if (open) return 'running';
  const granted =
    stage === 'closed' || ((stage === 'decided' || stage === 'delivered') && outcome === 'granted');
  return granted ? 'done' : 'not-granted';
}

type Left = { readonly days: number; readonly overdue: boolean };

/** Working days left after today. Before its clock has begun an application has its whole term. */
function leftOf(document: RunningCase, calendar: WorkingCalendar, now: string): Left {
  const { due, terms, promisedEnd, acceptedAt, extensions } = document;
  const dueAt = due.promised ?? due.statutory;
  if (dueAt !== null) {
    const days = workingDaysBetween(calendar, dayOf(now), lastDayOf(dueAt));
    return { days: Math.max(0, days), overdue: now > dueAt };
  }
  const limit = limitOf(terms);
  if (limit === null || promisedEnd !== null) return { days: 0, overdue: false };
  const startedAt = limit.start === 'receipt' ? submissionOf(calendar, document) : acceptedAt;
  if (startedAt === null) return { days: inWorkingDays(limit), overdue: false };
  const suspensions = excluded(document);
  const clock = new StatutoryClock({ ...startClock(limit, startedAt), suspensions, extensions }, calendar);
  const left = clock.daysLeft(now);
  return { days: inWorkingDays({ ...limit, days: Math.max(0, left) }), overdue: left < 0 };
}

function arrivalAfter(matter: Standing, before: readonly Arrival[]): Arrival {
  const { opened, progress, daysLeft: left } = matter;
  if (progress === 'done') return { workingDays: 0, path: [] };
  const ready = latest(before);
  if (ready === null || progress === 'not-granted') return null;
  if (progress === 'running' && left >= ready.workingDays)
    return { workingDays: left, path: [opened.matter] };
  return {
    workingDays: progress === 'running' ? ready.workingDays : ready.workingDays + left,
    path: [...ready.path, opened.matter],
  };
}

/** The last of several ends; of ends on one day the longer path, then the one whose codes come first. */
function latest(arrivals: readonly Arrival[]): Arrival {
  let last: NonNullable<Arrival> = { workingDays: 0, path: [] };
  for (const arrival of arrivals) {
    if (arrival === null) return null;
    if (isLater(arrival, last)) last = arrival;
  }
  return last;
}

function isLater(a: NonNullable<Arrival>, b: NonNullable<Arrival>): boolean {
  if (a.workingDays !== b.workingDays) return a.workingDays > b.workingDays;
  if (a.path.length !== b.path.length) return a.path.length > b.path.length;
  return a.path.join(' ') < b.path.join(' ');
}

/** What can still be done today is done today, where today is worked. */
function finishDay(calendar: WorkingCalendar, today: string, workingDays: number): string {
  if (workingDays > 0 || calendar.kindOf(today).working) return addWorkingDays(calendar, today, workingDays);
  return dayOfNumber(nextWorkingDay(calendar, numberOfDay(today)));
}
