import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { declaredEvents, deciderSpec, readGolden, replayGolden } from '#libs/engine/event-sourcing-testing';
import { canaryDecider, type CanaryCommand } from './canary.decider.js';
import { type CanaryEvent, type CanaryRung } from './canary.events.js';

const spec = deciderSpec(canaryDecider);
const RUNGS: readonly CanaryRung[] = [
  'yellow',
  'department-head',
  'supervision',
  'deputy-county-head',
  'leading-group',
];
const day = '2026-11-24';
const released: CanaryEvent = { type: 'CanaryReleased', version: 1, data: { day, rungs: RUNGS } };
const climbed = (rung: CanaryRung, left: number): CanaryEvent => ({
  type: 'CanaryClimbed',
  version: 1,
  data: { day, rung, left },
});
type Bare = Parameters<ReturnType<typeof spec.given>['when']>[0];
const release = { type: 'ReleaseCanary', day } as Bare;
const climb = (rung: CanaryRung) => ({ type: 'ClimbCanary', rung }) as Bare & CanaryCommand;

describe('the canary', () => {
  test('is released once a day', () => {
    spec.given().when(release).then(released);
    spec.given(released).when(release).nothing();
  });

  test('climbs rung by rung, each once, and is home at the top', () => {
    spec.given(released).when(climb('yellow')).then(climbed('yellow', 4));
    spec.given(released).when(climb('supervision')).nothing();
    spec.given().when(climb('yellow')).nothing();
    const all = RUNGS.map((rung, index) => climbed(rung, 4 - index));
    spec
      .given(released, ...all.slice(0, 4))
      .when(climb('leading-group'))
      .then(climbed('leading-group', 0));
    spec
      .given(released, ...all)
      .when(climb('leading-group'))
      .nothing();
    expect(spec.given(released, ...all).state).toMatchObject({
      left: [],
      homeAt: '2026-11-24T02:00:00.000Z',
    });
    expect(spec.given(released, ...all.slice(0, 4)).state).toMatchObject({ homeAt: null });
  });

  test('an event out of place means a damaged log', () => {
    expect(() => spec.given(climbed('yellow', 4))).toThrow('before CanaryReleased');
  });
});

describe('golden events', () => {
  const golden = readGolden(new URL('golden/', import.meta.url));
  const declared = declaredEvents(new URL('canary.events.ts', import.meta.url));

  test('one event of every type and version is kept', () => {
    expect([...golden.keys()].sort()).toEqual(declared);
    expect(declared).toEqual(['CanaryClimbed.v1', 'CanaryReleased.v1']);
  });

  test.each(declared)('%s folds into what it meant', (name) => {
    const kept = golden.get(name);
    if (kept === undefined) throw new Error(`there is no golden event ${name}`);
    expect(replayGolden(canaryDecider, golden, kept)).toStrictEqual(kept.state);
  });
});
