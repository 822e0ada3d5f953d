import { type SignalEvent, SIGNALS } from '#libs/county/approval';
import { filteredPage, type Page, type ReadModels } from '#libs/engine/event-sourcing';
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

/** In the order of being recorded, the last first. */
const INDEXES = [
  { index: 'project', by: ['project'], order: 'desc' },
  { index: 'department', by: ['department'], order: 'desc' },
  { index: 'signal', by: ['signal'], order: 'desc' },
  { index: 'all', by: [], order: 'desc' },
] as const;

/** Signals, the latest first. */
export async function listSignals(
  models: ReadModels,
  { limit, cursor = null, ...conditions }: SignalsQuery,
): Promise<Page<SignalItem>> {
  const page = await filteredPage(models, signals, { conditions, indexes: INDEXES, limit, cursor });
  return { ...page, items: page.items.map((item) => ({ ...item, signalZh: SIGNALS[item.signal] })) };
}
