import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { officeDecider } from './office.decider.js';
import { planDecider } from './plan.decider.js';
import { pledgeDecider } from './pledge.decider.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declaredIn = (file: string) => declaredEvents(new URL(file, import.meta.url));
const ofOffice = declaredIn('office.events.ts');
const ofPlans = declaredIn('plan.events.ts');
const ofPledges = declaredIn('pledge.events.ts');

function kept(name: string) {
  const found = golden.get(name);
  if (found === undefined) throw new Error(`there is no golden event ${name}`);
  return found;
}

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual([...ofOffice, ...ofPlans, ...ofPledges].sort());
  expect(golden.size).toBe(6);
});

test.each(ofOffice)('%s folds into what it meant', (name) => {
  expect(replayGolden(officeDecider, golden, kept(name))).toStrictEqual(kept(name).state);
});

test.each(ofPledges)('%s folds into what it meant', (name) => {
  expect(replayGolden(pledgeDecider, golden, kept(name))).toStrictEqual(kept(name).state);
});

test.each(ofPlans)('%s folds into what it meant', (name) => {
  expect(replayGolden(planDecider, golden, kept(name))).toStrictEqual(kept(name).state);
});
