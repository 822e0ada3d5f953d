import { LRUCache } from 'lru-cache';
import { setTimeout as delay } from 'node:timers/promises';
import { KeyUsedElsewhere, StoreUnavailable } from '../log/errors.js';
import type { KeyUse, StoredEvent } from '../log/event.js';
import type { EventStore } from '../log/event-store.js';
import type { Model, Projection } from '../reading/projection.js';
import type { ReadModels } from '../reading/read-models.js';
import type { Document } from '../reading/read-store.js';
import { withAppend } from '../log/with-append.js';

/** How long a key is remembered when the log keeps no index of keys. */
const REMEMBERED_MS = 24 * 3_600_000;
/** Digits of a key that choose its document: 65,536 documents, each with the keys of a day. */
const SLOT_DIGITS = 4;
/** How long a command waits for the read model of keys. */
const KEYS_WAIT_MS = 1_000;
/** Keys that this process has used and the read model may not have yet. */
const RECENT_KEYS = 10_000;

interface UsedKeysDocument extends Document {
  readonly uses: readonly (KeyUse & { readonly at: string })[];
}

const USED_KEYS: Model<UsedKeysDocument> = { model: 'used-keys' };

const slotOf = (key: string): string => key.slice(0, SLOT_DIGITS);

function remembered(
  document: UsedKeysDocument | null,
  { metadata }: StoredEvent,
): readonly UsedKeysDocument['uses'][number][] {
  const { keyUse, recordedAt: at } = metadata;
  if (keyUse === undefined) throw new Error('an event without a key has no slot');
  const from = Date.parse(at) - REMEMBERED_MS;
  const others = (document?.uses ?? []).filter((use) => use.key !== keyUse.key && Date.parse(use.at) >= from);
  return [...others, { ...keyUse, at }];
}

/** Which thing each key of the last 24 hours was used for, for engines that keep no index of keys themselves. */
export const usedKeys: Projection = {
  name: 'used-keys',
  version: 1,
  model: USED_KEYS.model,
  indexes: {},
  tallies: [],
  handles: () => true,
  keys: ({ metadata }) => (metadata.keyUse === undefined ? [] : [slotOf(metadata.keyUse.key)]),
  fold: (document, event, id): UsedKeysDocument => ({
    id,
    uses: remembered(document as UsedKeysDocument | null, event),
  }),
};

/** Commands go on while the read models are away: then a process knows its own keys only. */
async function answered<Answer>(question: Promise<Answer>): Promise<Answer | null> {
  const answer = question.catch((error: unknown) => {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  });
  return Promise.race([answer, delay(KEYS_WAIT_MS, null, { ref: false })]);
}

/**
 * The same store, which refuses a key that was used for another thing within the last 24 hours: by this process, as it
 * remembers itself, or by another, as the read model says. Two processes that use one key for two things within the moment
 * that the read model needs are both let in.
 */
export function refuseUsedKeys(store: EventStore, models: Pick<ReadModels, 'get'>): EventStore {
  const recent = new LRUCache<string, string>({ max: RECENT_KEYS });
  const thingOf = async (key: string): Promise<string | null> => {
    const known = recent.get(key);
    if (known !== undefined) return known;
    const document = await answered(models.get(USED_KEYS, slotOf(key)));
    return document?.uses.find((use) => use.key === key)?.thing ?? null;
  };
  return withAppend(store, async (stream, expected, events) => {
    const use = events[0]?.metadata.keyUse;
    if (use === undefined) return store.append(stream, expected, events);
    const thing = await thingOf(use.key);
    if (thing !== null && thing !== use.thing) throw new KeyUsedElsewhere(use.key, thing);
    // Between the question and here another append of this process may have used it.
    const meanwhile = recent.get(use.key);
    if (meanwhile !== undefined && meanwhile !== use.thing) throw new KeyUsedElsewhere(use.key, meanwhile);
    recent.set(use.key, use.thing);
    try {
      return await store.append(stream, expected, events);
    } catch (error) {
      if (thing === null) recent.delete(use.key);
      throw error;
    }
  });
}
