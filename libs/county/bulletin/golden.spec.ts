import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { bulletinDecider } from './bulletin.decider.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declared = declaredEvents(new URL('bulletin.events.ts', import.meta.url));

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual([...declared].sort());
  expect(golden.size).toBe(1);
});

test.each([...golden])('%s folds into what it meant', (_, kept) => {
  expect(replayGolden(bulletinDecider, golden, kept)).toStrictEqual(kept.state);
});
