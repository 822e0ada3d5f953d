import { type SignalEvent, SIGNALS } from '#libs/county/approval';
import {
  defined,
  filteredPage,
  indexFor,
  meets,
  type Page,
  type ReadModels,
} from '#libs/engine/event-sourcing';
import { type SignalDocument, signals } from './signal.projection.js';

/** A signal with its Chinese name. */
export type SignalItem = SignalDocument & { readonly signalZh: string };

export type SignalsQuery = {
  readonly signal?: SignalEvent['type'];
  readonly department?: string;
  readonly project?: string;
  /** ISO instants, on the time of recording, both included. */
  readonly from?: string;
  readonly to?: string;
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
  { limit, cursor = null, from, to, ...conditions }: SignalsQuery,
): Promise<Page<SignalItem>> {
  const range = defined({ gte: from, lte: to });
  const page = await filteredPage(models, signals, { conditions, indexes: INDEXES, range, limit, cursor });
  return { ...page, items: page.items.map((item) => ({ ...item, signalZh: SIGNALS[item.signal] })) };
}

/** How many there are of each kind, in the order of the kinds; those of which there is none are left out. */
export type SignalCounts = readonly {
  readonly signal: SignalEvent['type'];
  readonly signalZh: string;
  readonly count: number;
}[];

/** Signals that are counted at most. */
const MOST_COUNTED = 20_000;
const A_READ = 1_000;

/** Counts of all that a question finds, its page and its kind aside; null when there are too many to count. */
export async function countSignals(
  models: ReadModels,
  { limit: _, cursor: __, signal: ___, from, to, ...conditions }: SignalsQuery,
): Promise<SignalCounts | null> {
  const counts = new Map<string, number>();
  let cursor: string | null = null;
  for (let read = 0; read < MOST_COUNTED; read += A_READ) {
    const page: Page<SignalDocument> = await models.find(signals, {
      ...indexFor(INDEXES, conditions),
      range: defined({ gte: from, lte: to }),
      limit: A_READ,
      cursor,
    });
    for (const document of page.items) {
      if (meets(document, conditions)) counts.set(document.signal, (counts.get(document.signal) ?? 0) + 1);
    }
    cursor = page.nextCursor;
    if (cursor === null) {
      return (Object.keys(SIGNALS) as SignalEvent['type'][]).flatMap((signal) => {
        const count = counts.get(signal);
        return count === undefined ? [] : [{ signal, signalZh: SIGNALS[signal], count }];
      });
    }
  }
  return null;
}
