import {
  type ApplicationDocument,
  type Holder,
  applications as applicationModel,
} from '#libs/county/approval';
import { type Lamp, lampAt, type WorkingCalendar } from '#libs/law/calendar';
import { EVERYWHERE } from '#libs/law/catalogue';
import { type ReadModels } from '#libs/engine/event-sourcing';
import { AnswerCache } from '../answers/answer-cache.js';
import { daysUsed } from '../answers/days-used.js';
import { type ProjectDocument } from './project.document.js';
import { projects as projectModel } from './project.projection.js';

/** One application that has a holder. */
type BoardCase = {
  readonly application: string;
  readonly matter: string;
  readonly matterName: string;
  /** Stage of the project (阶段) that the matter belongs to. */
  readonly projectStage: string;
  readonly stage: ApplicationDocument['stage'];
  readonly holder: Holder;
  readonly heldSince: string | null;
  /** Working days that the clock of the application counts: since acceptance (before it, since receipt), without suspensions. */
  readonly daysUsed: number;
  /** Null once the application has ended and only its delivery is due. */
  readonly lamp: Lamp | null;
  readonly dueAt: string | null;
  /** Where the events are that these figures come from. */
  readonly source: string;
};

/** One key project (重点项目) on the board. */
type BoardItem = {
  readonly project: string;
  readonly name: string;
  readonly region: string;
  readonly leader: string;
  readonly status: 'open' | 'completed';
  /** Of the matters that its template opened: how many there are, run, and have ended. */
  readonly matters: { readonly all: number; readonly running: number; readonly ended: number };
  readonly cases: readonly BoardCase[];
  readonly source: string;
};

export type Board = { readonly items: readonly BoardItem[]; readonly nextCursor: string | null };

/** The models it rests on, for `asOf`. */
export const BOARD_MODELS = [projectModel, applicationModel] as const;

/** The key projects of a region with their running applications: one page of the index, and the applications by their ids. */
export async function keyBoard(
  models: ReadModels,
  calendar: WorkingCalendar,
  question: {
    readonly region?: string;
    readonly limit: number;
    readonly cursor: string | null;
    readonly now: string;
  },
): Promise<Board> {
  const { region = EVERYWHERE, limit, cursor, now } = question;
  const basis = { question: JSON.stringify([region, limit, cursor]), models: BOARD_MODELS };
  const { projects, held, nextCursor } = await boards.answer(models, basis, () =>
    boardOf(models, { region, limit, cursor }),
  );
  return { items: projects.map((project) => itemOf(project, held, calendar, now)), nextCursor };
}

/** The documents of a board: its projects, and those of their applications that have a holder. */
type BoardDocuments = {
  readonly projects: readonly ProjectDocument[];
  readonly held: ReadonlyMap<string, ApplicationDocument>;
  readonly nextCursor: string | null;
};

const boards = new AnswerCache<BoardDocuments>();

async function boardOf(
  models: ReadModels,
  {
    region,
    limit,
    cursor,
  }: { readonly region: string; readonly limit: number; readonly cursor: string | null },
): Promise<BoardDocuments> {
  const page = await models.find(projectModel, {
    index: 'key',
    equals: { keyIn: region },
    limit,
    cursor,
  });
  const ids = page.items.flatMap(({ applications }) =>
    applications.filter(({ status }) => status !== 'not-submitted').map(({ application }) => application),
  );
  const documents = await models.getMany(applicationModel, ids);
  const held = documents.flatMap((one) => (one?.holder ? [[one.id, one] as const] : []));
  return { projects: page.items, held: new Map(held), nextCursor: page.nextCursor };
}

function itemOf(
  project: ProjectDocument,
  byId: ReadonlyMap<string, ApplicationDocument>,
  calendar: WorkingCalendar,
  now: string,
): BoardItem {
  const { applications } = project;
  return {
    project: project.id,
    name: project.name,
    region: project.region,
    leader: project.keyProject?.leader ?? '',
    status: project.status,
    matters: {
      all: applications.length,
      running: applications.filter(({ status }) => status === 'running').length,
      ended: applications.filter(({ status }) => status === 'ended').length,
    },
    cases: applications.flatMap(({ application, stage }) => {
      const document = byId.get(application);
      return document?.holder ? [caseOf(document, document.holder, stage, calendar, now)] : [];
    }),
    source: `/api/v1/projects/${project.id}/timeline`,
  };
}

function caseOf(
  document: ApplicationDocument,
  holder: Holder,
  projectStage: string,
  calendar: WorkingCalendar,
  now: string,
): BoardCase {
  const { id, matter, matterName, stage, heldSince, due, open } = document;
  return {
    application: id,
    matter,
    matterName,
    projectStage,
    stage,
    holder,
    heldSince,
    daysUsed: daysUsed(document, calendar, now),
    lamp: open ? lampAt(due, now) : null,
    dueAt: due.promised ?? due.statutory,
    source: `/api/v1/applications/${id}/timeline`,
  };
}
