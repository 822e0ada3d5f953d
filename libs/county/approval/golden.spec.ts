import 'reflect-metadata';
import { Upcasters } from '#libs/engine/event-sourcing';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { APPROVAL_UPCASTERS } from './application/application.upcasters.js';
import { decider } from './testing/cases.js';

const golden = readGolden(new URL('golden/', import.meta.url));

const declared = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.events.ts'))
  .flatMap((file) => declaredEvents(new URL(file, import.meta.url)))
  .sort();

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual(declared);
  expect(declared.length).toBeGreaterThanOrEqual(18);
});

test.each(declared)('%s folds into what it meant', (name) => {
  const kept = golden.get(name);
  if (kept === undefined) throw new Error(`there is no golden event ${name}`);
  expect(replayGolden(decider, golden, kept, new Upcasters(APPROVAL_UPCASTERS))).toStrictEqual(kept.state);
});
