import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { calendarOf } from '#libs/law/calendar';
import { type Actor, type Json, type ViolationKind } from '#libs/engine/event-sourcing';
import { type CommandWithFacts, deciderSpec } from '#libs/engine/event-sourcing-testing';
import { type DisputeCommand, type Standing } from './dispute.commands.js';
import { disputeDecider } from './dispute.decider.js';
import { type DisputeEvent, type Stance } from './dispute.events.js';
import { DISPUTE_MESSAGES } from './dispute.messages.js';

// Tuesday 24 November 2026, 10:00 in China; the fifth working day ends with 1 December.
const NOW = '2026-11-24T02:00:00.000Z';
const DUE = '2026-12-01T16:00:00.000Z';
const spec = deciderSpec(disputeDecider({ calendar: calendarOf(), rulingWorkingDays: 5 }), {
  facts: { RaiseJurisdictionDispute: ['standing', 'unknown'] },
});

const staff = (person: string, department: string | null, role = 'department-head'): Actor => ({
  person,
  post: null,
  department,
  role,
});
const land = staff('sun', 'natural-resources');
const water = staff('zhou', 'water');
const other = staff('he', 'emergency');
const coordinator = staff('ma', 'campaign-office', 'campaign-office');

const standing: Standing = {
  project: 'p1',
  matter: 'GC-02',
  department: 'natural-resources',
  holder: { party: 'department', department: 'natural-resources', post: null, person: null },
  stage: 'accepted',
  dispute: null,
};

type Command<Type extends DisputeCommand['type']> = Extract<CommandWithFacts<DisputeCommand>, { type: Type }>;

const raise = (
  over: Partial<Command<'RaiseJurisdictionDispute'>> = {},
): CommandWithFacts<DisputeCommand> => ({
  type: 'RaiseJurisdictionDispute',
  id: 'd1',
  application: 'p1-GC-02',
  departments: ['water'],
  reason: '在河道管理范围内',
  standing,
  unknown: [],
  meta: { actor: land, now: NOW, occurredAt: NOW },
  ...over,
});
const raised: DisputeEvent = {
  type: 'JurisdictionDisputeRaised',
  version: 1,
  data: {
    dispute: 'd1',
    application: 'p1-GC-02',
    project: 'p1',
    matter: 'GC-02',
    departments: ['natural-resources', 'water'],
    raisedBy: 'natural-resources',
    reason: '在河道管理范围内',
    rulingDueAt: DUE,
  },
};
const take = (actor: Actor, stance: Stance): CommandWithFacts<DisputeCommand> => ({
  type: 'TakeJurisdictionPosition',
  id: 'd1',
  stance,
  reason: '不占用河道',
  article: '水法 Art. 38',
  meta: { actor },
});
const taken = (department: string, stance: Stance): DisputeEvent => ({
  type: 'JurisdictionPositionTaken',
  version: 1,
  data: { dispute: 'd1', department, stance, reason: '不占用河道', article: '水法 Art. 38' },
});
const rule = (
  over: Partial<Command<'RuleJurisdiction'>> = {},
  now = NOW,
): CommandWithFacts<DisputeCommand> => ({
  type: 'RuleJurisdiction',
  id: 'd1',
  department: 'water',
  reason: '依水法由水务部门办理',
  catalogueNote: '临河项目由水务局主办',
  meta: { actor: coordinator, now, occurredAt: now },
  ...over,
});
const ruled = (late = false): DisputeEvent => ({
  type: 'JurisdictionRuled',
  version: 1,
  data: {
    dispute: 'd1',
    application: 'p1-GC-02',
    project: 'p1',
    matter: 'GC-02',
    department: 'water',
    reason: '依水法由水务部门办理',
    article: null,
    catalogueNote: '临河项目由水务局主办',
    late,
  },
});

describe('a dispute is raised', () => {
  test('by the department that has the application, and is to be ruled on within five working days', () => {
    spec.given().when(raise()).then(raised);
    spec
      .given()
      .when(raise({ departments: ['natural-resources', 'water'] }))
      .then(raised);
  });

  test('once, over an application that is in a department’s hands and not disputed already', () => {
    spec.given(raised).when(raise()).refused('dispute.exists', { dispute: 'd1' }, null, 'state');
    const application = 'p1-GC-02';
    const refusals: readonly (readonly [
      Partial<Command<'RaiseJurisdictionDispute'>>,
      string,
      Readonly<Record<string, Json>>,
      ViolationKind,
    ])[] = [
      [{ standing: null }, 'dispute.unknown-application', { application }, 'absent'],
      [
        { standing: { ...standing, dispute: 'd0' } },
        'dispute.open-already',
        { application, dispute: 'd0' },
        'state',
      ],
      [{ standing: { ...standing, department: null } }, 'dispute.joint-matter', { application }, 'state'],
      [
        { standing: { ...standing, stage: 'decided' } },
        'dispute.not-with-a-department',
        { application },
        'state',
      ],
      [
        { standing: { ...standing, stage: 'accepted', holder: null } },
        'dispute.not-with-a-department',
        { application },
        'state',
      ],
      [
        { meta: { actor: water } },
        'dispute.not-a-party',
        { dispute: 'd1', department: 'water' },
        'permission',
      ],
      [{ unknown: ['castle'] }, 'dispute.unknown-department', { department: 'castle' }, 'input'],
      [{ departments: ['natural-resources'] }, 'dispute.no-other-party', { dispute: 'd1' }, 'input'],
    ];
    for (const [over, code, params, kind] of refusals) {
      spec.given().when(raise(over)).refused(code, params, null, kind);
    }
  });
});

test('each party says whether it claims the application; saying the same again adds nothing', () => {
  spec.given(raised).when(take(water, 'declines')).then(taken('water', 'declines'));
  spec.given(raised, taken('water', 'declines')).when(take(water, 'declines')).nothing();
  spec.given(raised, taken('water', 'declines')).when(take(water, 'claims')).then(taken('water', 'claims'));
  spec
    .given(raised)
    .when(take(other, 'claims'))
    .refused('dispute.not-a-party', { dispute: 'd1', department: 'emergency' }, null, 'permission');
  spec.given().when(take(water, 'claims')).refused('dispute.unknown', { dispute: 'd1' }, null, 'absent');
});

describe('a ruling', () => {
  test('binds, is in time until the end of the last day, and comes once', () => {
    spec.given(raised).when(rule({}, DUE)).then(ruled());
    spec.given(raised).when(rule({}, '2026-12-01T16:00:00.001Z')).then(ruled(true));
    for (const command of [rule(), take(water, 'claims')]) {
      spec
        .given(raised, ruled())
        .when(command)
        .refused('dispute.ruled-already', { dispute: 'd1', department: 'water' }, null, 'state');
    }
  });

  test('is for one of the parties, by a person of none of them', () => {
    spec
      .given(raised)
      .when(rule({ department: 'emergency' }))
      .refused('dispute.not-a-party', { dispute: 'd1', department: 'emergency' }, null, 'input');
    spec
      .given(raised)
      .when(rule({ meta: { actor: water } }))
      .refused('dispute.judge-is-party', { dispute: 'd1', department: 'water' }, null, 'permission');
  });
});

test('an effect that can never come about is noted as lapsed, and changes nothing else', () => {
  const lapse = (effect: 'held' | 'assigned'): CommandWithFacts<DisputeCommand> => ({
    type: 'LapseDisputeEffect',
    id: 'd1',
    effect,
    meta: { now: NOW, occurredAt: NOW },
  });
  const lapsed = (effect: 'held' | 'assigned'): DisputeEvent => ({
    type: 'DisputeEffectLapsed',
    version: 1,
    data: { dispute: 'd1', application: 'p1-GC-02', project: 'p1', effect },
  });
  spec.given(raised).when(lapse('held')).then(lapsed('held'));
  spec.given(raised, ruled()).when(lapse('assigned')).then(lapsed('assigned'));
  expect(spec.given(raised, lapsed('held')).state).toEqual(spec.given(raised).state);
  expect(spec.given(raised, ruled(), lapsed('assigned')).state).toEqual(spec.given(raised, ruled()).state);
  spec.given().when(lapse('held')).refused('dispute.unknown', { dispute: 'd1' }, null, 'absent');
});

test('an event out of its order means a damaged log', () => {
  expect(() => spec.given(ruled())).toThrow('JurisdictionRuled while it is absent');
  expect(() => spec.given(raised, raised)).toThrow('JurisdictionDisputeRaised a second time');
  expect(() => spec.given(raised, ruled(), taken('water', 'claims'))).toThrow('while it is ruled');
});

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const source = readFileSync(new URL('dispute.rules.ts', import.meta.url), 'utf8');
  const used = new Set([...source.matchAll(/'(dispute\.[a-z-]+)'/g)].map(([, code]) => code));
  expect([...used].sort()).toEqual(Object.keys(DISPUTE_MESSAGES).sort());
  const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const { zh, en } of Object.values(DISPUTE_MESSAGES)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(parameters(zh)).toEqual(parameters(en));
  }
});
