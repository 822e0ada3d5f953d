import { type SignalEvent, SIGNALS } from '#libs/county/approval';
import { keptPage, type Page, type Query, type ReadModels } from '#libs/engine/event-sourcing';
import { type SignalDocument, signals } from './signal.projection.js';

/** A signal with its Chinese name. */
export type SignalItem = SignalDocument & { readonly signalZh: string };

export type SignalsQuery = {
  readonly signal?: SignalEvent['type'];
  readonly department?: string;
  readonly project?: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

/** The models it rests on, for `asOf`. */
export const SIGNAL_MODELS = [signals] as const;

/** Signals, the latest first. One index serves the narrowest condition, the others are filtered. */
export async function listSignals(models: ReadModels, query: SignalsQuery): Promise<Page<SignalItem>> {
  const { limit, cursor = null } = query;
  const { items, nextCursor } = await keptPage(
    models,
    signals,
    { ...indexOf(query), order: 'desc', limit, cursor },
    (item) => matches(item, query),
  );
  return { items: items.map((item) => ({ ...item, signalZh: SIGNALS[item.signal] })), nextCursor };
}

function indexOf({ signal, department, project }: SignalsQuery): Pick<Query, 'index' | 'equals'> {
  if (project !== undefined) return { index: 'project', equals: { project } };
  if (department !== undefined) return { index: 'department', equals: { department } };
  if (signal !== undefined) return { index: 'signal', equals: { signal } };
  return { index: 'all' };
}

function matches(item: SignalDocument, { signal, department, project }: SignalsQuery): boolean {
  return (
    (signal === undefined || item.signal === signal) &&
    (department === undefined || item.department === department) &&
    (project === undefined || item.project === project)
  );
}
