import { expect, test } from '@jest/globals';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { simulatedCountyDecider } from './county.decider.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declared = declaredEvents(new URL('county.events.ts', import.meta.url));

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual(declared);
  expect(declared).toHaveLength(2);
});

test.each(declared)('%s folds into what it meant', (name) => {
  const kept = golden.get(name);
  if (kept === undefined) throw new Error(`there is no golden event ${name}`);
  expect(replayGolden(simulatedCountyDecider, golden, kept)).toStrictEqual(kept.state);
});
