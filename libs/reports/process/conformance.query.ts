import {
  APPLICATION_STREAM,
  type ApplicationDocument,
  hasLegalStep,
  lampsAt,
  type LegalStep,
  skippedSteps,
  type SkippedStepsDocument,
  skippedStepsTally,
  deadlineTally,
  applications as applicationModel,
} from '#libs/county/approval';
import { dayOf } from '#libs/law/calendar';
import { EVERYWHERE, type MatterDocument, matters as matterModel } from '#libs/law/catalogue';
import { by, type EventStore, type ReadModels, type StoredEvent } from '#libs/engine/event-sourcing';
import { projects as projectModel } from '../project/project.projection.js';
import {
  DEVIATION_CODES,
  type DeviationAspect,
  type DeviationCode,
  DEVIATIONS,
} from '../project/deviations.js';
import { type EventEvidence, evidenceOf } from '../answers/event-evidence.js';
import { type ProjectDocument, type RecordedDeviation } from '../project/project.document.js';
import { projectWithCases } from '../project/project.query.js';
import { conformanceTally } from '../project/conformance.tally.js';

/** One deviation as a reader sees it: named, said in two languages, with its evidence. */
type Deviation = RecordedDeviation & {
  readonly aspect: DeviationAspect;
  readonly zh: string;
  readonly en: string;
};

/** A project compared with the version of the process template that it was registered under. */
export type ProjectConformance = {
  readonly project: string;
  readonly template: string;
  readonly templateVersion: number;
  readonly conforms: boolean;
  /** By the order of the matters in the template, then by that of the log. */
  readonly items: readonly Deviation[];
};

type DeviationCount = {
  readonly code: DeviationCode;
  readonly aspect: DeviationAspect;
  readonly zh: string;
  readonly en: string;
  readonly count: number;
  /** By whose the application was, the most first; empty for applications that still run. */
  readonly departments: readonly { readonly department: string | null; readonly count: number }[];
};

/** Deviations of a region: how many of each kind, and a page of the projects that have any on record. */
export type ConformanceReport = {
  readonly region: string;
  /** Projects with a deviation on record; steps left out and applications still running are not among them. */
  readonly projects: number;
  readonly counts: readonly DeviationCount[];
  readonly items: readonly {
    readonly project: string;
    readonly name: string;
    readonly deviations: readonly { readonly code: DeviationCode; readonly application: string }[];
    readonly source: string;
  }[];
  readonly nextCursor: string | null;
};

/** The models they rest on, for `asOf`. */
export const CONFORMANCE_MODELS = [projectModel, applicationModel, matterModel] as const;
export const CONFORMANCE_REPORT_MODELS = [
  conformanceTally,
  skippedStepsTally,
  deadlineTally,
  matterModel,
] as const;

/** Whether a version of a matter has a step of the law. */
const providesFor = (matter: MatterDocument | null | undefined, version: number, step: LegalStep): boolean =>
  hasLegalStep(matter?.stepsOfVersions[version - 1] ?? [], step);

/**
 * The project's document, its applications, its matters; and the streams of applications that left out a step or are overdue. Deviations of
 * `hidden` applications are left out.
 */
export async function projectConformance(
  { models, eventStore }: { readonly models: ReadModels; readonly eventStore: EventStore },
  {
    project: id,
    hidden = [],
    now,
  }: { readonly project: string; readonly hidden?: readonly string[]; readonly now: string },
): Promise<ProjectConformance | null> {
  const whole = await projectWithCases(models, id);
  if (whole === null) return null;
  const { project, documents, matters } = whole;
  const { applications, template, templateVersion } = project;
  const items = await Promise.all(
    applications.map(async ({ application }, index) => {
      const document = documents[index] ?? null;
      return [
        ...project.deviations.filter((one) => one.application === application),
        ...(document ? await presentDeviations(eventStore, document, matters[index] ?? null, now) : []),
      ].map((one) => described(one, project));
    }),
  );
  const found = items.flat();
  return {
    project: id,
    template,
    templateVersion,
    conforms: found.length === 0,
    items: found.filter(({ application }) => !hidden.includes(application)),
  };
}

/** Three documents of the region, the matters whose steps were left out, and one page of projects. */
export async function conformanceReport(
  models: ReadModels,
  question: {
    readonly region?: string;
    readonly limit: number;
    readonly cursor: string | null;
    readonly now: string;
  },
): Promise<ConformanceReport> {
  const { region = EVERYWHERE, limit, cursor, now } = question;
  const [recorded, skipped, deadlines, page] = await Promise.all([
    models.get(conformanceTally, region),
    models.get(skippedStepsTally, region),
    models.get(deadlineTally, region),
    models.find(projectModel, {
      index: 'deviating',
      equals: { deviatesIn: region },
      order: 'desc',
      limit,
      cursor,
    }),
  ]);
  const tallied = new Map(DEVIATION_CODES.map((code) => [code, new Map<string | null, number>()]));
  const add = (code: DeviationCode, department: string | null, count: number) => {
    const byDepartment = tallied.get(code);
    byDepartment?.set(department, (byDepartment.get(department) ?? 0) + count);
  };
  for (const [counter, count] of Object.entries(recorded?.counts ?? {})) {
    const [code = '', department] = counter.split('|');
    if (department !== undefined) add(code as DeviationCode, department === '' ? null : department, count);
  }
  for (const { step, matter, count } of await providedSteps(models, skipped)) {
    add(`${step}-skipped`, matter.department, count);
  }
  const overdue = lampsAt(deadlines?.counts ?? {}, now).red;
  return {
    region,
    projects: recorded?.counts['projects'] ?? 0,
    counts: DEVIATION_CODES.map((code) => {
      const departments = [...(tallied.get(code) ?? [])]
        .map(([department, count]) => ({ department, count }))
        .sort(
          by(
            ({ count }) => -count,
            ({ department }) => department ?? '',
          ),
        );
      const count =
        code === 'running-overdue' ? overdue : departments.reduce((sum, one) => sum + one.count, 0);
      const { aspect, zh, en } = DEVIATIONS[code];
      return { code, aspect, zh, en, count, departments };
    }),
    items: page.items.map(({ id, name, deviations }) => ({
      project: id,
      name,
      deviations: deviations.map(({ code, application }) => ({ code, application })),
      source: `/api/v1/projects/${id}/conformance`,
    })),
    nextCursor: page.nextCursor,
  };
}

async function providedSteps(models: ReadModels, skipped: SkippedStepsDocument | null) {
  const counted = Object.entries(skipped?.counts ?? {}).map(([counter, count]) => {
    const [code = '', version, step = ''] = counter.split('|');
    return { code, version: Number(version), step: step as LegalStep, count };
  });
  const codes = [...new Set(counted.map(({ code }) => code))];
  const found = await models.getMany(matterModel, codes);
  const matters = new Map(codes.map((code, index) => [code, found[index]]));
  return counted.flatMap(({ code, version, step, count }) => {
    const matter = matters.get(code);
    return matter && providesFor(matter, version, step) ? [{ matter, step, count }] : [];
  });
}

/** Deviations without an event of their own: a missing step, a term that has passed. */
async function presentDeviations(
  events: EventStore,
  document: ApplicationDocument,
  matter: MatterDocument | null,
  now: string,
): Promise<readonly RecordedDeviation[]> {
  const { id, open, deadline, department } = document;
  const deviation = (code: DeviationCode, evidence: EventEvidence | null): RecordedDeviation => ({
    ...{ code, application: id, matter: document.matter, department },
    missing: [],
    evidence: evidence === null ? [] : [evidence],
  });
  if (open) {
    if (deadline === null || deadline.last >= dayOf(now)) return [];
    return [deviation('running-overdue', await lastOf(events, id, hasDue))];
  }
  const steps = skippedSteps(document).filter((step) => providesFor(matter, document.matterVersion, step));
  if (steps.length === 0) return [];
  const end = await lastOf(events, id, ({ data }) => 'clock' in data);
  return steps.map((step) => deviation(`${step}-skipped`, end));
}

type ReportedEvent = Omit<StoredEvent, 'data'> & { readonly data: object };

/** The event that set the term: it carries the due dates. */
const hasDue = ({ data }: ReportedEvent): boolean => 'due' in data;

async function lastOf(
  events: EventStore,
  application: string,
  holds: (event: ReportedEvent) => boolean,
): Promise<EventEvidence | null> {
  let last: EventEvidence | null = null;
  for await (const event of events.readStream(APPLICATION_STREAM + application)) {
    if (holds(event as ReportedEvent)) last = evidenceOf(event);
  }
  return last;
}

function described(recorded: RecordedDeviation, { applications }: ProjectDocument): Deviation {
  const { aspect, zh, en } = DEVIATIONS[recorded.code];
  const nameOf = (id: string): string => applications.find((one) => one.application === id)?.matterName ?? id;
  const missing = recorded.missing.map((id) => `${nameOf(id)} (${id})`).join(', ');
  const list = missing === '' ? '' : `: ${missing}`;
  const own = `${nameOf(recorded.application)} (${recorded.application})`;
  return { ...recorded, aspect, zh: `${own}：${zh}${list}`, en: `${own} ${en}${list}` };
}
