import { type ApplicationDocument, applications as applicationModel } from '#libs/county/approval';
import { dayOf, workingDaysBetween, type WorkingCalendar } from '#libs/law/calendar';
import {
  EVERYWHERE,
  inWorkingDays,
  limitOf,
  type MatterDocument,
  type ProcessChanges,
  type ProposedMatter,
  proposedProcess,
  type TemplateDefinition,
  templateVersions,
  matters as matterModel,
} from '#libs/law/catalogue';
import { type EventStore, type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { invalid } from '#libs/shell/nest';
import { daysUsed } from '../answers/days-used.js';
import { type ProjectDocument } from '../project/project.document.js';
import { projects as projectModel } from '../project/project.projection.js';
import { currentRounds } from '../project/rounds.js';
import { type PastMatter, type Replay, replay } from './what-if.rules.js';

export type WhatIfQuestion = {
  /** Whose past projects are replayed, and what the proposal starts from. */
  readonly template: string;
  /** Null: the current version. */
  readonly version: number | null;
  readonly changes: ProcessChanges;
  readonly region?: string;
  /** Projects that are looked at, at most: those of other templates among them are passed over. */
  readonly limit: number;
  readonly cursor: string | null;
};

type WhatIfItem = Replay & {
  readonly project: string;
  readonly name: string;
  readonly templateVersion: number;
};

export type WhatIfAnswer = {
  readonly template: string;
  readonly version: number;
  readonly calendarVersion: string;
  /** The process that the past was replayed against. */
  readonly process: readonly ProposedMatter[];
  /** Matters the proposal leaves out that are licences: the county cannot do that by itself (行政许可法 Art. 20, 21). */
  readonly licencesDropped: readonly string[];
  /** Ended projects of the region that were looked at, the last registered first, and those of this template among them. */
  readonly sample: { readonly looked: number; readonly replayed: number };
  readonly total: { readonly actualDays: number; readonly replayedDays: number; readonly savedDays: number };
  readonly items: readonly WhatIfItem[];
  readonly nextCursor: string | null;
};

/** The models it rests on, for `asOf`. */
export const WHAT_IF_MODELS = [projectModel, applicationModel, matterModel] as const;

type Sources = {
  readonly models: ReadModels;
  readonly eventStore: EventStore;
  readonly calendar: WorkingCalendar;
};

/**
 * Replays ended projects against a proposed process: one page of the index, their applications by their ids, the matters of the
 * proposal. Reads only.
 * @throws InvalidInput for a template, version or matter that there is not, and a term that is longer than today's
 */
export async function whatIf(sources: Sources, question: WhatIfQuestion): Promise<WhatIfAnswer> {
  const { models, calendar } = sources;
  const { version, definition } = await baseOf(sources.eventStore, question);
  const matters = await mattersOf(models, definition);
  const { changes, region = EVERYWHERE, limit, cursor } = question;
  changesMustFit(changes, matters);
  const process = proposedProcess(definition, changes);
  const page: Page<ProjectDocument> = await models.find(projectModel, {
    index: 'status',
    equals: { regions: region, status: 'completed' },
    order: 'desc',
    limit,
    cursor,
  });
  const projects = page.items.filter(({ template }) => template === question.template);
  const cases = await casesOf(models, projects);
  const items = projects.map((project): WhatIfItem => {
    const { id, name, templateVersion } = project;
    const past = pastOf(project, cases, calendar);
    return {
      project: id,
      name,
      templateVersion,
      ...replay(past, process, (code) => termOf(matters.get(code))),
    };
  });
  const sum = (days: (item: WhatIfItem) => number) => items.reduce((total, item) => total + days(item), 0);
  return {
    template: question.template,
    version,
    calendarVersion: calendar.version,
    process,
    licencesDropped: changes.drop.filter((code) => matters.get(code)?.kind === 'licence'),
    sample: { looked: page.items.length, replayed: items.length },
    total: {
      actualDays: sum(({ actualDays }) => actualDays),
      replayedDays: sum(({ replayedDays }) => replayedDays),
      savedDays: sum(({ savedDays }) => savedDays),
    },
    items,
    nextCursor: page.nextCursor,
  };
}

async function baseOf(events: EventStore, { template, version: asked }: WhatIfQuestion) {
  const versions = await templateVersions(events, template);
  if (versions.length === 0) throw invalid('template', 'is not a published template', '不是已公布的流程模板');
  const found = asked === null ? versions.at(-1) : versions.find(({ version }) => version === asked);
  if (!found) throw invalid('version', 'is not a version of the template', '该模板没有此版本');
  return found;
}

async function mattersOf(models: ReadModels, { stages }: TemplateDefinition) {
  const codes = stages.flatMap((stage) => stage.matters.map(({ code }) => code));
  const found = await models.getMany(matterModel, codes);
  return new Map(codes.map((code, index) => [code, found[index] ?? null] as const));
}

function termOf(matter: MatterDocument | null | undefined): number {
  const limit = matter ? limitOf(matter) : null;
  return limit === null ? 0 : inWorkingDays(limit);
}

function changesMustFit(
  { drop, parallel, terms }: ProcessChanges,
  matters: ReadonlyMap<string, MatterDocument | null>,
): void {
  const mustBeThere = (field: string, codes: readonly string[]) => {
    const stranger = codes.find((code) => !matters.has(code));
    if (stranger === undefined) return;
    throw invalid(field, `${stranger} is not a matter of the template`, `${stranger} 不是该模板的事项`);
  };
  mustBeThere('drop', drop);
  mustBeThere('parallel', parallel.flat());
  mustBeThere(
    'terms',
    terms.map(({ code }) => code),
  );
  for (const { code, days, unit } of terms) {
    const matter = matters.get(code);
    const now = matter ? limitOf(matter) : null;
    if (now === null || inWorkingDays({ ...now, days, unit }) <= inWorkingDays(now)) continue;
    throw invalid('terms', `${code} has a shorter term today`, `${code} 现行时限更短`);
  }
}

async function casesOf(
  models: ReadModels,
  projects: readonly ProjectDocument[],
): Promise<ReadonlyMap<string, ApplicationDocument>> {
  const ids = projects.flatMap(({ applications }) => applications.map(({ application }) => application));
  const documents = await models.getMany(applicationModel, ids);
  return new Map(documents.flatMap((one) => (one === null ? [] : [[one.id, one] as const])));
}

function pastOf(
  { applications, registeredAt }: ProjectDocument,
  cases: ReadonlyMap<string, ApplicationDocument>,
  calendar: WorkingCalendar,
): readonly PastMatter[] {
  const registered = dayOf(registeredAt);
  const dayNumber = (instant: string) =>
    Math.max(0, workingDaysBetween(calendar, registered, dayOf(instant)));
  const codes = new Map(applications.map(({ application, matter }) => [application, matter]));
  return currentRounds(applications).flatMap(
    ({ application, matter, prerequisites }): readonly PastMatter[] => {
      const document = cases.get(application);
      if (!document?.endedAt) return [];
      const begun = dayNumber(document.submittedAt);
      return [
        {
          code: matter,
          prerequisites: prerequisites.flatMap((id) => codes.get(id) ?? []),
          begun,
          ended: Math.max(begun, dayNumber(document.endedAt)),
          clockDays: document.acceptedAt === null ? 0 : daysUsed(document, calendar, document.endedAt),
        },
      ];
    },
  );
}
