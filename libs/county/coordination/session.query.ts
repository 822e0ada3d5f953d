import { keptPage, type Page, type Query, type ReadModels } from '#libs/engine/event-sourcing';
import { type SessionDocument, type SessionItem, type SessionStatus } from './session.projection.js';

export type SessionsQuery = {
  readonly status?: SessionStatus;
  /** A department sees the sessions that concern it, and of each its own items. */
  readonly department?: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

/** A session in a list: numbers of its items, and to a department the items that concern it. */
export type SessionListItem = Omit<SessionDocument, 'agenda'> & {
  readonly items: number;
  readonly resolved: number;
  /** True for a session of the schedule that nobody held: somebody has to answer for it. */
  readonly alert: boolean;
  readonly agenda?: readonly SessionItem[];
};

/** Joint review sessions, the latest day first. */
export async function listSessions(
  models: Pick<ReadModels, 'find'>,
  { status, department, limit, cursor = null }: SessionsQuery,
): Promise<Page<SessionListItem>> {
  const { items, nextCursor } = await keptPage<SessionDocument>(
    models,
    'sessions',
    { ...indexOf(status, department), order: 'desc', limit, cursor },
    (document) => status === undefined || document.status === status,
  );
  return { items: items.map((document) => summary(document, department)), nextCursor };
}

/** One session; to a department only the items that concern it. Null where there is none. */
export async function findSession(
  models: ReadModels,
  { id, department }: { readonly id: string; readonly department?: string },
): Promise<SessionDocument | null> {
  const document = await models.get<SessionDocument>('sessions', id);
  if (document === null || department === undefined) return document;
  return { ...document, agenda: concerning(document, department) };
}

const LOOKED_BACK = 20;

/** The last session that had its day, where nobody held it; null where one was held since, or none was due yet. */
export async function missedSession(models: Pick<ReadModels, 'find'>): Promise<SessionDocument | null> {
  const { items } = await models.find<SessionDocument>('sessions', {
    index: 'all',
    order: 'desc',
    limit: LOOKED_BACK,
  });
  const last = items.find(({ status }) => status !== 'scheduled' && status !== 'convened');
  return last?.status === 'missed' ? last : null;
}

function indexOf(
  status: SessionStatus | undefined,
  department: string | undefined,
): Pick<Query, 'index' | 'equals'> {
  if (department !== undefined) return { index: 'department', equals: { departments: department } };
  if (status !== undefined) return { index: 'status', equals: { status } };
  return { index: 'all' };
}

function concerning({ agenda }: SessionDocument, department: string): readonly SessionItem[] {
  return agenda.filter(
    (item) => item.department === department || item.resolution?.department === department,
  );
}

function summary(document: SessionDocument, department: string | undefined): SessionListItem {
  const { agenda, ...rest } = document;
  return {
    ...rest,
    items: agenda.length,
    resolved: agenda.filter(({ resolution }) => resolution !== null).length,
    alert: document.status === 'missed',
    ...(department === undefined ? {} : { agenda: concerning(document, department) }),
  };
}
