import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { Upcasters } from '#libs/engine/event-sourcing';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { projectDecider } from './project.decider.js';
import { PROJECT_UPCASTERS } from './project.upcasters.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declared = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.events.ts'))
  .flatMap((file) => declaredEvents(new URL(file, import.meta.url)))
  .sort();

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual(declared);
  expect(declared.length).toBeGreaterThanOrEqual(5);
});

test.each(declared)('%s folds into what it meant', (name) => {
  const kept = golden.get(name);
  if (kept === undefined) throw new Error(`there is no golden event ${name}`);
  expect(replayGolden(projectDecider, golden, kept, new Upcasters(PROJECT_UPCASTERS))).toStrictEqual(
    kept.state,
  );
});
