import { expect, test } from '@jest/globals';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { mandateDecider } from './mandate.decider.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declared = declaredEvents(new URL('mandate.events.ts', import.meta.url));

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual([...declared].sort());
  expect(golden.size).toBe(4);
});

test.each([...golden.values()])('$event.type folds into what it meant', (kept) => {
  expect(replayGolden(mandateDecider, golden, kept)).toStrictEqual(kept.state);
});
