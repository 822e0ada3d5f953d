import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { calendarOf } from '#libs/law/calendar';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { disputeDecider } from './dispute.decider.js';
import { sessionDecider } from './session.decider.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const ofDisputes = declaredEvents(new URL('dispute.events.ts', import.meta.url));
const ofSessions = declaredEvents(new URL('session.events.ts', import.meta.url));

function kept(name: string) {
  const found = golden.get(name);
  if (found === undefined) throw new Error(`there is no golden event ${name}`);
  return found;
}

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual([...ofDisputes, ...ofSessions].sort());
  expect(golden.size).toBe(11);
});

test.each(ofDisputes)('%s folds into what it meant', (name) => {
  const decider = disputeDecider({ calendar: calendarOf(), rulingWorkingDays: 5 });
  expect(replayGolden(decider, golden, kept(name))).toStrictEqual(kept(name).state);
});

test.each(ofSessions)('%s folds into what it meant', (name) => {
  const schedule = { version: '1', days: [1, 16], shift: 'next-working-day', agendaLimit: 100 } as const;
  const decider = sessionDecider({ calendar: calendarOf(), schedule });
  expect(replayGolden(decider, golden, kept(name))).toStrictEqual(kept(name).state);
});
