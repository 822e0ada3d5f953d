import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type Actor, RuleViolation } from '#libs/engine/event-sourcing';
import {
  type CommandWithFacts,
  deciderSpec,
  head,
  leader,
  waterHead,
  windowClerk,
  withMeta,
} from '#libs/engine/event-sourcing-testing';
import { type ImprovementCommand } from './improvement.commands.js';
import { improvementDecider, type ImprovementState } from './improvement.decider.js';
import { type ImprovementEvent, type MeasuredEffect, type MeasuredWindow } from './improvement.events.js';

const spec = deciderSpec(improvementDecider, {
  facts: {
    ProposeImprovement: ['target'],
    StartTrial: ['versionFrom'],
    AdoptImprovement: ['effect'],
    DropImprovement: ['effect'],
  },
});

type Bare<Type extends ImprovementCommand['type']> = Extract<
  CommandWithFacts<ImprovementCommand>,
  { type: Type }
>;

const window = (from: string, to: string, days: number): MeasuredWindow => ({
  ...{ from, to, cases: 4, steps: 4, days, handOffs: 2, onTimeRate: 1, supplementRate: 0 },
});
const effect: MeasuredEffect = {
  windowDays: 2,
  before: window('2026-11-24', '2026-11-25', 6),
  after: window('2026-11-26', '2026-11-27', 3),
};

const propose = (over: Partial<Bare<'ProposeImprovement'>> = {}): Bare<'ProposeImprovement'> => ({
  ...{ type: 'ProposeImprovement', id: 'i1', matter: 'GC-02', title: '同步踏勘', change: '踏勘不等审查' },
  target: { at: 'in-force', version: 3, department: 'natural-resources' },
  meta: { actor: windowClerk },
  ...over,
});
const trial = (over: Partial<Bare<'StartTrial'>> = {}): Bare<'StartTrial'> => ({
  ...{ type: 'StartTrial', id: 'i1', from: '2026-11-26', versionFrom: null, meta: { actor: head } },
  ...over,
});
const adopt = (over: Partial<Bare<'AdoptImprovement'>> = {}): Bare<'AdoptImprovement'> => ({
  ...{ type: 'AdoptImprovement', id: 'i1', reason: '时间减半', effect, meta: { actor: head } },
  ...over,
});
const drop = (over: Partial<Bare<'DropImprovement'>> = {}): Bare<'DropImprovement'> => ({
  ...{ type: 'DropImprovement', id: 'i1', reason: '不可行', effect: null, meta: { actor: head } },
  ...over,
});

const proposed = (department: string | null = 'natural-resources'): ImprovementEvent => ({
  type: 'ImprovementProposed',
  version: 1,
  data: {
    ...{ improvement: 'i1', matter: 'GC-02', matterVersion: 3, department },
    ...{ title: '同步踏勘', change: '踏勘不等审查', expected: null },
  },
});
const started = (matterVersion: number | null = null): ImprovementEvent => ({
  type: 'ImprovementTrialStarted',
  version: 1,
  data: { improvement: 'i1', matter: 'GC-02', from: '2026-11-26', matterVersion },
});
const adopted: ImprovementEvent = {
  type: 'ImprovementAdopted',
  version: 1,
  data: { improvement: 'i1', matter: 'GC-02', reason: '时间减半', effect },
};
const dropped = (measured: MeasuredEffect | null): ImprovementEvent => ({
  type: 'ImprovementDropped',
  version: 1,
  data: { improvement: 'i1', matter: 'GC-02', reason: '不可行', effect: measured },
});

describe('an improvement', () => {
  test('is proposed for a matter in force', () => {
    spec.given().when(propose()).then(proposed());
    spec
      .given()
      .when(propose({ target: null }))
      .refused('improvement.unknown-matter');
    const target = { at: 'abolished', version: 1, department: null } as const;
    spec.given().when(propose({ target })).refused('improvement.matter-abolished');
    spec.given(proposed()).when(propose()).refused('improvement.exists');
  });

  test('is tried from a day on, as a practice or as a version of the matter from its first day', () => {
    spec.given(proposed()).when(trial()).then(started());
    spec
      .given(proposed())
      .when(trial({ matterVersion: 4, versionFrom: '2026-11-26' }))
      .then(started(4));
    const refused = (over: Partial<Bare<'StartTrial'>>, code: string) =>
      spec.given(proposed()).when(trial(over)).refused(code);
    refused({ matterVersion: 9 }, 'improvement.no-such-version');
    refused({ matterVersion: 4, versionFrom: '2026-11-27' }, 'improvement.other-first-day');
    refused({ from: '2026-02-30' }, 'improvement.not-a-day');
    refused({ from: '2020-11-26' }, 'improvement.trial-before-proposal');
    spec.given(proposed(), started()).when(trial()).refused('improvement.on-trial');
  });

  test('is adopted on what was measured, or dropped with or without a trial', () => {
    spec.given(proposed(), started()).when(adopt()).then(adopted);
    spec.given(proposed()).when(adopt()).refused('improvement.not-on-trial');
    spec
      .given(proposed(), started())
      .when(adopt({ effect: null }))
      .refused('improvement.nothing-measured');
    spec.given(proposed()).when(drop()).then(dropped(null));
    spec.given(proposed(), started()).when(drop({ effect })).then(dropped(effect));
  });

  test('is decided on once, by the head of the department or by those above', () => {
    const of = (actor: Actor) => ({ meta: { actor } });
    for (const command of [trial(of(waterHead)), adopt(of(waterHead)), drop(of(waterHead))]) {
      spec.given(proposed(), started()).when(command).refused('improvement.other-department');
    }
    spec
      .given(proposed())
      .when(trial(of(leader)))
      .then(started());
    spec
      .given(proposed(null))
      .when(trial(of(waterHead)))
      .then(started());
    for (const end of [adopted, dropped(null)]) {
      for (const command of [trial(), adopt(), drop()]) {
        spec.given(proposed(), started(), end).when(command).refused('improvement.decided');
      }
    }
  });

  test('that was not proposed is unknown', () => {
    for (const command of [trial(), adopt(), drop()]) {
      const decide = () =>
        improvementDecider.decide(
          { at: 'absent' } satisfies ImprovementState,
          withMeta<ImprovementCommand>(command),
          { target: null, versionFrom: null, effect: null },
        );
      expect(decide).toThrow(RuleViolation);
      expect(decide).toThrow('improvement.unknown');
    }
  });
});
