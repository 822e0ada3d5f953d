import { keptPage, type Page, type Query, type ReadModels } from '#libs/engine/event-sourcing';
import {
  type SessionDocument,
  type SessionItem,
  type SessionStatus,
  sessions as sessionModel,
} from './session.projection.js';

export type SessionsQuery = {
  readonly status?: SessionStatus;
  /** Departments as which one sees the sessions that concern them, and of each their own items; left out: everything. */
  readonly departments?: readonly string[];
  readonly limit: number;
  readonly cursor?: string | null;
};

/** A session in a list: numbers of its items, and to a department the items that concern it. */
export type SessionListItem = Omit<SessionDocument, 'agenda'> & {
  readonly items: number;
  readonly resolved: number;
  /** True for a scheduled session that was not held and has to be accounted for. */
  readonly alert: boolean;
  readonly agenda?: readonly SessionItem[];
};

/** Joint review sessions, the latest day first. */
export async function listSessions(
  models: Pick<ReadModels, 'find'>,
  { status, departments, limit, cursor = null }: SessionsQuery,
): Promise<Page<SessionListItem>> {
  const { items, nextCursor } = await keptPage(
    models,
    sessionModel,
    { ...indexOf(status, departments), order: 'desc', limit, cursor },
    (document) =>
      (status === undefined || document.status === status) && isForDepartments(document, departments),
  );
  return { items: items.map((document) => summary(document, departments)), nextCursor };
}

/** One session; departments see only the items that concern them. Null if there is none. */
export async function findSession(
  models: ReadModels,
  { id, departments }: { readonly id: string; readonly departments?: readonly string[] },
): Promise<SessionDocument | null> {
  const document = await models.get(sessionModel, id);
  if (document === null || departments === undefined) return document;
  return { ...document, agenda: concerning(document, departments) };
}

const LOOKED_BACK = 20;

/** The last session whose day is over, if it was not held; null if one was held since, or none was due yet. */
export async function missedSession(models: Pick<ReadModels, 'find'>): Promise<SessionDocument | null> {
  const { items } = await models.find(sessionModel, {
    index: 'all',
    order: 'desc',
    limit: LOOKED_BACK,
  });
  const last = items.find(({ status }) => status !== 'scheduled' && status !== 'convened');
  return last?.status === 'missed' ? last : null;
}

function indexOf(
  status: SessionStatus | undefined,
  departments: readonly string[] | undefined,
): Pick<Query, 'index' | 'equals'> {
  const [department, ...before] = departments ?? [];
  if (department !== undefined && before.length === 0) {
    return { index: 'department', equals: { departments: department } };
  }
  if (status !== undefined) return { index: 'status', equals: { status } };
  return { index: 'all' };
}

const isForDepartments = (session: SessionDocument, departments: readonly string[] | undefined): boolean =>
  departments === undefined || session.departments.some((one) => departments.includes(one));

function concerning({ agenda }: SessionDocument, departments: readonly string[]): readonly SessionItem[] {
  return agenda.filter(({ department, resolution }) =>
    [department, resolution?.department ?? null].some((one) => one !== null && departments.includes(one)),
  );
}

function summary(document: SessionDocument, departments: readonly string[] | undefined): SessionListItem {
  const { agenda, ...rest } = document;
  return {
    ...rest,
    items: agenda.length,
    resolved: agenda.filter(({ resolution }) => resolution !== null).length,
    alert: document.status === 'missed',
    ...(departments === undefined ? {} : { agenda: concerning(document, departments) }),
  };
}
