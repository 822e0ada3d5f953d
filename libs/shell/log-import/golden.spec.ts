import { expect, test } from '@jest/globals';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { logImportDecider } from './log-import.decider.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declared = declaredEvents(new URL('log-import.events.ts', import.meta.url));

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual(declared);
  expect(declared).toHaveLength(2);
});

test.each(declared)('%s folds into what it meant', (name) => {
  const kept = golden.get(name);
  if (kept === undefined) throw new Error(`there is no golden event ${name}`);
  expect(replayGolden(logImportDecider, golden, kept)).toStrictEqual(kept.state);
});
