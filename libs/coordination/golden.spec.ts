import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { calendarOf } from '#libs/calendar';
import { declaredEvents, readGolden, replayGolden } from '#libs/event-sourcing-testing';
import { disputeDecider } from './dispute.decider.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declared = declaredEvents(new URL('dispute.events.ts', import.meta.url));
const decider = disputeDecider({ calendar: calendarOf(), rulingWorkingDays: 5 });

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual(declared);
  expect(declared).toHaveLength(3);
});

test.each(declared)('%s folds into what it meant', (name) => {
  const kept = golden.get(name);
  if (kept === undefined) throw new Error(`there is no golden event ${name}`);
  expect(replayGolden(decider, golden, kept)).toStrictEqual(kept.state);
});
