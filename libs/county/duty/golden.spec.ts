import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { type Decider, type DomainCommand, type DomainEvent, Upcasters } from '#libs/engine/event-sourcing';
import { declaredEvents, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { dutyDecider } from './duty.decider.js';
import { DUTY_UPCASTERS } from './duty.upcasters.js';
import { publishedCatalogueDecider } from './published-catalogue.decider.js';
import { rosterDecider } from './roster.decider.js';

const golden = readGolden(new URL('golden/', import.meta.url));
const declaredIn = (file: string) => declaredEvents(new URL(file, import.meta.url));
const ofDuties = declaredIn('duty.events.ts');
const ofRosters = declaredIn('roster.events.ts');

function foldsAsKept<State, Command extends DomainCommand, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  name: string,
  upcasters = new Upcasters(),
): void {
  const kept = golden.get(name);
  if (kept === undefined) throw new Error(`there is no golden event ${name}`);
  expect(replayGolden(decider, golden, kept, upcasters)).toStrictEqual(kept.state);
}

test('one event of every type and version is kept', () => {
  expect([...golden.keys()].sort()).toEqual([...ofDuties, ...ofRosters].sort());
  expect(golden.size).toBe(9);
});

test.each(ofDuties)('%s folds into what it meant', (name) => {
  if (name.startsWith('Duty')) foldsAsKept(dutyDecider, name, new Upcasters(DUTY_UPCASTERS));
  else foldsAsKept(publishedCatalogueDecider, name);
});

test.each(ofRosters)('%s folds into what it meant', (name) => {
  foldsAsKept(rosterDecider, name);
});
