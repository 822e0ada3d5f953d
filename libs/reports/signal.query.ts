import { type SignalEvent, SIGNALS } from '#libs/approval';
import { type Page, type Query, type ReadModels } from '#libs/event-sourcing';
import { type SignalDocument } from './signal.projection.js';

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
export const SIGNAL_MODELS = ['signals'] as const;

const PAGES_LOOKED_THROUGH = 5;

/**
 * Signals, the latest first. One index serves the narrowest condition, the others are filtered; a page may be short while
 * `nextCursor` is not null.
 */
export async function listSignals(models: ReadModels, query: SignalsQuery): Promise<Page<SignalItem>> {
  const items: SignalItem[] = [];
  let cursor = query.cursor ?? null;
  for (let looked = 0; looked < PAGES_LOOKED_THROUGH; looked++) {
    const page = await models.find<SignalDocument>('signals', {
      ...indexOf(query),
      order: 'desc',
      limit: query.limit - items.length,
      cursor,
    });
    for (const item of page.items) {
      if (matches(item, query)) items.push({ ...item, signalZh: SIGNALS[item.signal] });
    }
    cursor = page.nextCursor;
    if (cursor === null || items.length === query.limit) break;
  }
  return { items, nextCursor: cursor };
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
