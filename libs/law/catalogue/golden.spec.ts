import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { calendarOf } from '#libs/law/calendar';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { challengeDecider } from './challenge.decider.js';
import { matterDecider } from './matter.decider.js';
import { templateDecider } from './template.decider.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declared = ['catalogue.events.ts', 'challenge.events.ts']
  .flatMap((file) => declaredEvents(new URL(file, import.meta.url)))
  .sort();
const challenges = challengeDecider({ calendar: calendarOf() });

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual(declared);
  expect(declared).toHaveLength(14);
});

test.each(declared)('%s folds into what it meant', (name) => {
  const kept = golden.get(name);
  if (kept === undefined) throw new Error(`there is no golden event ${name}`);
  const { stream } = kept.event;
  const state = stream.startsWith('matter-')
    ? replayGolden(matterDecider, golden, kept)
    : stream.startsWith('template-')
      ? replayGolden(templateDecider, golden, kept)
      : replayGolden(challenges, golden, kept);
  expect(state).toStrictEqual(kept.state);
});
