import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { calendarOf } from '#libs/law/calendar';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { requestDecider } from './request.decider.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declared = declaredEvents(new URL('request.events.ts', import.meta.url));

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual(declared);
  expect(golden.size).toBe(4);
});

test.each(declared)('%s folds into what it meant', (name) => {
  const terms = { answerWithinWorkingDays: { normal: 5, urgent: 2, critical: 1 } };
  const decider = requestDecider({ calendar: calendarOf(), terms });
  const kept = golden.get(name);
  if (kept === undefined) throw new Error(`there is no golden event ${name}`);
  expect(replayGolden(decider, golden, kept)).toStrictEqual(kept.state);
});
