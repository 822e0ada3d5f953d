import { describe, expect, test } from '@jest/globals';
import { type StoredEvent } from './event.js';
import { newEvent } from '../testing/counter.js';
import { UnknownEventVersion, type Upcaster, Upcasters } from './upcasters.js';

const stored = (type: string, version: number, data: StoredEvent['data']): StoredEvent => ({
  ...newEvent('e1', { type, version, data }),
  stream: 'counter-1',
  revision: 0n,
  position: 70n,
});
const rename: Upcaster = {
  type: 'CounterRaised',
  from: 1,
  upcast: ({ data }) => ({ by: (data as { amount: number }).amount }),
};
const addPerson: Upcaster = {
  type: 'CounterRaised',
  from: 2,
  upcast: ({ data, metadata }) => ({ ...(data as object), person: metadata.actor.person }),
};
const upcasters = new Upcasters([addPerson, rename]);

describe('upcasters', () => {
  test('carry an old event up step by step and leave its envelope', () => {
    const old = stored('CounterRaised', 1, { amount: 3 });
    expect(upcasters.upcast(old)).toStrictEqual({ ...old, version: 3, data: { by: 3, person: 'li' } });
    expect(upcasters.upcast(stored('CounterRaised', 2, { by: 4 })).data).toStrictEqual({
      by: 4,
      person: 'li',
    });
    expect(old.data).toStrictEqual({ amount: 3 });
  });

  test('give a current event back as it is', () => {
    const current = stored('CounterRaised', 3, { by: 3, person: 'wu' });
    const never = stored('CounterClosed', 1, {});
    expect(upcasters.upcast(current)).toBe(current);
    expect(upcasters.upcast(never)).toBe(never);
    expect([upcasters.currentVersion('CounterRaised'), upcasters.currentVersion('CounterClosed')]).toEqual([
      3, 1,
    ]);
  });

  test.each([
    ['CounterRaised', 4, 3],
    ['CounterRaised', 0, 3],
    ['CounterRaised', 1.5, 3],
    ['CounterClosed', 2, 1],
  ])('name %s version %d, which is unknown', (type, version, current) => {
    expect(() => upcasters.upcast(stored(type, version, {}))).toThrow(
      new UnknownEventVersion(type, version, current, 70n),
    );
  });

  test('must lead up from version 1 without a gap or a second way', () => {
    expect(() => new Upcasters([addPerson])).toThrow(
      'CounterRaised: there must be one upcaster from version 1, not from 2',
    );
    expect(() => new Upcasters([rename, rename])).toThrow(
      'CounterRaised: there must be one upcaster from version 2, not from 1',
    );
  });
});
