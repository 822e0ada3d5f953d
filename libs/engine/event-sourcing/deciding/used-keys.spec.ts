import { describe, expect, test } from '@jest/globals';
import { KeyUsedElsewhere } from '../log/errors.js';
import { type Document } from '../reading/read-store.js';
import { newEvent } from '../testing/counter.js';
import { SpecEventStore } from '../testing/spec-stores.js';
import { refuseUsedKeys, usedKeys } from './used-keys.js';
import { type Model } from '../reading/projection.js';

const DAY_MS = 24 * 3_600_000;
const NOON = Date.parse('2026-11-24T04:00:00.000Z');
const key = (start: string) => start.padEnd(64, '0');
const used = (of: string, thing: string, ms = NOON) => {
  const event = newEvent(thing, { type: 'Opened', version: 1, data: {} });
  const recordedAt = new Date(ms).toISOString();
  return { ...event, metadata: { ...event.metadata, recordedAt, keyUse: { key: of, thing } } };
};
const stored = (of: string, thing: string, ms?: number) => ({
  ...used(of, thing, ms),
  stream: thing,
  revision: 0n,
  position: 0n,
});

describe('the read model of keys', () => {
  test('D22 keeps the keys of a slot for a day, each with the thing of its last use', () => {
    const at = (ms: number) => new Date(ms).toISOString();
    const [one, two] = [key('abcd1'), key('abcd2')];
    let document: Document | null = null;
    const fold = (of: string, thing: string, ms: number) => {
      const event = stored(of, thing, ms);
      expect(usedKeys.keys(event)).toEqual(['abcd']);
      document = usedKeys.fold(document, event, 'abcd');
    };
    fold(one, 'a', NOON);
    fold(two, 'b', NOON + DAY_MS);
    expect(document).toEqual({
      id: 'abcd',
      uses: [
        { key: one, thing: 'a', at: at(NOON) },
        { key: two, thing: 'b', at: at(NOON + DAY_MS) },
      ],
    });
    fold(two, 'b', NOON + DAY_MS + 1);
    expect(document).toEqual({ id: 'abcd', uses: [{ key: two, thing: 'b', at: at(NOON + DAY_MS + 1) }] });
  });
});

describe('a store without an index of keys', () => {
  const documents = new Map<string, Document>();
  const models = {
    get: (_: Model, id: string) => Promise.resolve((documents.get(id) ?? null) as never),
  };

  test('D22 refuses a key that another process has used for another thing', async () => {
    const log = new SpecEventStore();
    const store = refuseUsedKeys(log, models);
    const abcd = key('abcd');
    documents.set('abcd', usedKeys.fold(null, stored(abcd, 'a'), 'abcd'));
    await expect(store.append('b', null, [used(abcd, 'b')])).rejects.toEqual(new KeyUsedElsewhere(abcd, 'a'));
    expect(log.appends).toEqual([]);
    await store.append('a', null, [used(abcd, 'a')]);
    expect(log.events.map(({ stream }) => stream)).toEqual(['a']);
  });

  test('D22 of two things at once under one key lets one pass; a failed append leaves the key unused', async () => {
    const log = new SpecEventStore();
    const store = refuseUsedKeys(log, models);
    const of = key('0001');
    log.beforeAppend = () => {
      throw new Error('away');
    };
    await expect(store.append('a', null, [used(of, 'a')])).rejects.toThrow('away');
    log.beforeAppend = () => undefined;
    const answers = await Promise.allSettled(
      ['b', 'c'].map((thing) => store.append(thing, null, [used(of, thing)])),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(log.events.map(({ stream }) => stream)).toEqual(['b']);
  });
});
