import {
  type ApplicationDocument,
  applications as applicationModel,
  type Holder,
  isGovernment,
  withLamp,
} from '#libs/county/approval';
import { namesOf } from '#libs/county/identity';
import { by, type PersonalText, type ReadModels } from '#libs/engine/event-sourcing';
import { type Lamp, type WorkingCalendar, workingDaysBetween } from '#libs/law/calendar';
import { matters as matterModel } from '#libs/law/catalogue';
import { forecast } from '../process/forecast.rules.js';
import { type ProjectDocument } from '../project/project.document.js';
import { currentRounds } from '../project/rounds.js';
import { type StallCause } from '../standstill/stall.causes.js';
import { stalls } from '../standstill/stall.projection.js';
import { standstillOf } from '../standstill/stall.query.js';

/** Whose turn it is in a project, on which matter, and since when (球在谁手). */
type WaitingFor = {
  readonly party: Holder['party'];
  /** Id of the department whose turn it is; null where that is not one. */
  readonly department: string | null;
  /** Code of the matter. */
  readonly matter: string;
  /** ISO instant. */
  readonly since: string;
};

/** What a list says of a project in addition to what the project itself says. */
export type ProjectStanding = {
  /** The worst of its open applications; null while none is open. */
  readonly lamp: Lamp | null;
  /** Null once it is completed. */
  readonly waitingFor: WaitingFor | null;
  /** The day on which it can be finished at the earliest; null when everything has ended, or that cannot be foretold. */
  readonly forecast: { readonly day: string } | null;
  /** Of a key project: the responsible leader's name. */
  readonly leaderName: PersonalText | null;
};

/** In addition, for the board of key projects. */
export type BoardStanding = ProjectStanding & {
  /** Why it stands still on the government's side; null while it does not wait there. */
  readonly cause: StallCause | null;
  readonly causeZh: string | null;
  /** Working days since the last act in what it waits for there. */
  readonly workingDays: number | null;
  /** The same day as `forecast`. */
  readonly finish: string | null;
  /** Working days by which that is later than it was to be on the day of registration; negative when earlier. */
  readonly slipDays: number | null;
};

/** Of a project that the read models do not have yet. */
export const NO_STANDING: BoardStanding = {
  lamp: null,
  waitingFor: null,
  forecast: null,
  leaderName: null,
  cause: null,
  causeZh: null,
  workingDays: null,
  finish: null,
  slipDays: null,
};

type Sources = { readonly models: ReadModels; readonly calendar: WorkingCalendar; readonly now: string };
type Documents = ReadonlyMap<string, ApplicationDocument>;

const WORST_FIRST: readonly (Lamp | null)[] = ['red', 'yellow', 'green', null];

/** What a lamp is asked for before a page is full: the documents of all the projects' applications are read together. */
export async function lampsOf(
  { models, now }: Pick<Sources, 'models' | 'now'>,
  projects: readonly ProjectDocument[],
): Promise<readonly (Lamp | null)[]> {
  const documents = await documentsOf(models, projects);
  return projects.map((project) => lampOf(project, documents, now));
}

async function documentsOf(models: ReadModels, projects: readonly ProjectDocument[]): Promise<Documents> {
  const ids = projects.flatMap(({ applications }) =>
    applications.filter(({ status }) => status !== 'not-submitted').map(({ application }) => application),
  );
  const found = await models.getMany(applicationModel, ids);
  return new Map(found.flatMap((document) => (document === null ? [] : [[document.id, document]])));
}

const submittedOf = ({ applications }: ProjectDocument, documents: Documents) =>
  applications.flatMap(({ application }) => documents.get(application) ?? []);

function lampOf(project: ProjectDocument, documents: Documents, now: string): Lamp | null {
  const lamps = submittedOf(project, documents).map((document) => withLamp(document, now).lamp);
  return WORST_FIRST.find((lamp) => lamps.includes(lamp)) ?? null;
}

/**
 * The application that the government has held longest, else the one anybody has; where none runs, the applicant's turn on the first
 * matter that may be applied for, since the last of what comes before it has ended.
 */
function waitingFor(project: ProjectDocument, documents: Documents): WaitingFor | null {
  if (project.status === 'completed') return null;
  const held = submittedOf(project, documents).flatMap(({ open, holder, heldSince: since, matter }) =>
    open && holder !== null && since !== null ? [{ holder, since, matter }] : [],
  );
  const [first] = held.sort(
    by(
      ({ holder }) => (isGovernment(holder) ? 0 : 1),
      ({ since }) => since,
    ),
  );
  if (first !== undefined) {
    const { holder, matter, since } = first;
    const { party, department } = holder;
    return { party, department: party === 'applicant' ? null : department, matter, since };
  }
  return ofApplicant(project);
}

function ofApplicant({ applications, registeredAt }: ProjectDocument): WaitingFor | null {
  const endOf = (id: string) =>
    applications.find(({ application, outcome }) => application === id && outcome === 'granted')?.endedAt ??
    null;
  for (const { status, matter, prerequisites } of applications) {
    if (status !== 'not-submitted') continue;
    const ends = prerequisites.map((prerequisite) => endOf(prerequisite));
    if (ends.includes(null)) continue;
    const since = ends.reduce<string>(
      (latest, end) => (end !== null && end > latest ? end : latest),
      registeredAt,
    );
    return { party: 'applicant', department: null, matter, since };
  }
  return null;
}

/** What is said of each of the projects, in their order. What all of them rest on is read together. */
export async function projectStandings(
  { models, calendar, now }: Sources,
  projects: readonly ProjectDocument[],
): Promise<readonly BoardStanding[]> {
  const codes = [
    ...new Set(projects.flatMap(({ applications }) => applications.map(({ matter }) => matter))),
  ];
  const [documents, matters, standing, names] = await Promise.all([
    documentsOf(models, projects),
    models.getMany(matterModel, codes),
    models.getMany(
      stalls,
      projects.map(({ id }) => id),
    ),
    namesOf(models, { people: projects.map(({ keyProject }) => keyProject?.leader) }),
  ]);
  const definitions = new Map(codes.map((code, index) => [code, matters[index] ?? null]));
  return projects.map((project, index) => {
    const planned = currentRounds(project.applications).map((opened) => ({
      opened,
      document: documents.get(opened.application) ?? null,
      definition: definitions.get(opened.matter) ?? null,
    }));
    const finish = forecast(planned, calendar, now).earliestFinish?.day ?? null;
    const untouched = planned.map((one) => ({ ...one, document: null }));
    const expected = forecast(untouched, calendar, project.registeredAt).earliestFinish?.day ?? null;
    const stall = standing[index] ?? null;
    const stalled = stall === null ? null : standstillOf(stall, calendar, now);
    return {
      lamp: lampOf(project, documents, now),
      waitingFor: waitingFor(project, documents),
      forecast: finish === null ? null : { day: finish },
      leaderName: names.person(project.keyProject?.leader),
      cause: stalled?.cause ?? null,
      causeZh: stalled?.causeZh ?? null,
      workingDays: stalled?.workingDays ?? null,
      finish,
      slipDays: finish === null || expected === null ? null : daysFrom(calendar, expected, finish),
    };
  });
}

/** Negative when the second day is the earlier one. */
const daysFrom = (calendar: WorkingCalendar, from: string, to: string): number =>
  from <= to ? workingDaysBetween(calendar, from, to) : -workingDaysBetween(calendar, to, from);
