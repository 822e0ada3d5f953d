import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { Upcasters } from '#libs/event-sourcing';
import { declaredEvents, readGolden, replayGolden } from '#libs/event-sourcing-testing';
import { projectDecider } from './project.decider.js';
import { PROJECT_UPCASTERS } from './project.upcasters.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declared = declaredEvents(new URL('project.events.ts', import.meta.url));

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual(declared);
  expect(declared).toHaveLength(5);
});

test.each(declared)('%s folds into what it meant', (name) => {
  const kept = golden.get(name);
  if (kept === undefined) throw new Error(`there is no golden event ${name}`);
  expect(replayGolden(projectDecider, golden, kept, new Upcasters(PROJECT_UPCASTERS))).toStrictEqual(
    kept.state,
  );
});
