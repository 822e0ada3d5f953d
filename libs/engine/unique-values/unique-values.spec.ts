import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { deciderSpec, foldEvents, recorded } from '#libs/engine/event-sourcing-testing';
import { valueDecider } from './unique-values.decider.js';
import { type ValueTaken } from './unique-values.events.js';

const folder = new URL('golden/', import.meta.url);
const golden = JSON.parse(readFileSync(new URL('ValueTaken.v1.json', folder), 'utf8')) as ValueTaken;
const { given } = deciderSpec(valueDecider);
const taken = recorded(golden);
const take = (holder: string, now = '2026-11-24T02:00:00.000Z') =>
  ({
    type: 'TakeValue',
    ...{ kind: 'national-code', value: '2611-210521-04-01-000001', holder },
    meta: { now },
  }) as const;

test('T3 every version ever stored is kept, and says who has the value since when', () => {
  expect(readdirSync(folder)).toEqual(['ValueTaken.v1.json']);
  expect(foldEvents(valueDecider, [taken])).toStrictEqual({
    holder: 'tour-1',
    takenAt: '2026-11-24T02:00:00.000Z',
  });
});

test('T3 a value has one holder; taking it again adds nothing', () => {
  given().when(take('tour-1'), { isHeld: false }).then(golden);
  given(taken).when(take('tour-1'), { isHeld: false }).nothing();
  given(taken)
    .when(take('other', '2027-11-24T02:00:00.000Z'), { isHeld: true })
    .refused(
      'value.taken',
      { kind: 'national-code', value: '2611-210521-04-01-000001', holder: 'tour-1' },
      null,
      'state',
    );
});

test('T3 one that was taken and is not held comes free after ten minutes', () => {
  given(taken).when(take('other', '2026-11-24T02:10:00.000Z'), { isHeld: false }).refused('value.taken');
  given(taken)
    .when(take('other', '2026-11-24T02:10:00.001Z'), { isHeld: false })
    .then({ ...golden, data: { ...golden.data, holder: 'other' } });
});

test('D14 a value that its holder no longer needs is free at once for a caller that checked the holder', () => {
  given(taken)
    .when(take('other'), { isHeld: false, over: 'tour-1' })
    .then({ ...golden, data: { ...golden.data, holder: 'other' } });
  // Another took it since: what was looked up says nothing of them.
  const third = { ...golden, data: { ...golden.data, holder: 'third' } };
  given(taken, recorded(third)).when(take('other'), { isHeld: false, over: 'tour-1' }).refused('value.taken');
});
