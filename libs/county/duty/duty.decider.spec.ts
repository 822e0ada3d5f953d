import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { actor, type CommandWithFacts, deciderSpec, head } from '#libs/engine/event-sourcing-testing';
import fc from 'fast-check';
import { type CatalogueCommand, type DutyCommand } from './duty.commands.js';
import { dutyDecider, responsibleOn } from './duty.decider.js';
import {
  type CatalogueEntry,
  type CatalogueEvent,
  type DutyAssigned,
  type DutyEvent,
  type Responsible,
} from './duty.events.js';
import { publishedCatalogueDecider } from './published-catalogue.decider.js';

const spec = deciderSpec(dutyDecider, {
  facts: { AssignDuty: ['matter', 'held', 'principalHeld', 'deputyHeld', 'unknown'] },
});
const catalogue = deciderSpec(publishedCatalogueDecider, {
  facts: { PublishCatalogue: ['entries', 'unassigned'] },
});

const li: Responsible = { department: 'natural-resources', post: '审查岗', person: 'li' };
const wang: Responsible = { department: 'natural-resources', post: '副局长', person: 'wang' };
type Assigned = DutyAssigned['data'];
const assigned = (
  { department, post, person }: Responsible,
  from: string,
  previous: Responsible | null = null,
  over: Partial<Assigned> = {},
): DutyEvent => ({
  type: 'DutyAssigned',
  version: 2,
  data: {
    ...{ matter: 'GC-02', department, post, person, from, reason: null, previous },
    ...{ lead: department, co: [], principal: null, deputy: null },
    changed: previous === null ? ['person', 'lead'] : ['person'],
    ...over,
  },
});
type Assign = Omit<CommandWithFacts<DutyCommand>, 'type' | 'id'>;
const assign = (of: Responsible, over: Partial<Assign> = {}): CommandWithFacts<DutyCommand> => ({
  type: 'AssignDuty',
  id: 'GC-02',
  person: of.person,
  matter: { at: 'in-force', department: 'natural-resources' },
  held: { post: of.post, department: of.department },
  principalHeld: null,
  deputyHeld: null,
  unknown: [],
  meta: { actor: actor('demo-admin', 'admin') },
  ...over,
});

describe('the person responsible for a matter', () => {
  test('is named with the post held on that day, today where no day is said', () => {
    spec
      .given()
      .when(assign(li, { from: '2026-03-01' }))
      .then(assigned(li, '2026-03-01'));
    // 10:00 in China on 24 November.
    spec.given().when(assign(li)).then(assigned(li, '2026-11-24'));
  });

  test('hands over to the next, who begins later; the same again adds nothing', () => {
    const first = assigned(li, '2026-03-01');
    spec
      .given(first)
      .when(assign(wang, { from: '2026-07-01' }))
      .then(assigned(wang, '2026-07-01', li));
    spec
      .given(first)
      .when(assign(li, { from: '2026-07-01' }))
      .nothing();
    for (const from of ['2026-03-01', '2026-02-01']) {
      spec
        .given(first)
        .when(assign(wang, { from }))
        .refused('duty.not-after', { matter: 'GC-02', latest: '2026-03-01', from }, null, 'state');
    }
  });

  test('holds a post in the department that decides; in a joint matter in any', () => {
    spec
      .given()
      .when(assign(li, { held: null, from: '2026-03-01' }))
      .refused('duty.no-post', { person: 'li', day: '2026-03-01' }, null, 'input');
    const water = { held: { post: '审查岗', department: 'water' }, from: '2026-03-01' };
    spec
      .given()
      .when(assign(li, water))
      .refused(
        'duty.other-department',
        { matter: 'GC-02', department: 'natural-resources', person: 'li', other: 'water' },
        null,
        'input',
      );
    spec
      .given()
      .when(assign(li, { ...water, matter: { at: 'in-force', department: null } }))
      .then(assigned({ ...li, department: 'water' }, '2026-03-01'));
  });

  test('is responsible for a matter in force, from a day that exists', () => {
    spec
      .given()
      .when(assign(li, { matter: null }))
      .refused('duty.unknown-matter', { matter: 'GC-02' }, null, 'absent');
    spec
      .given()
      .when(assign(li, { matter: { at: 'abolished', department: 'natural-resources' } }))
      .refused('duty.matter-abolished', { matter: 'GC-02' }, null, 'state');
    spec
      .given()
      .when(assign(li, { from: '2026-02-30' }))
      .refused('duty.not-a-day', { field: 'from', day: '2026-02-30' }, null, 'input');
  });

  test('is named by the head of the matter’s department, and of no other', () => {
    spec
      .given()
      .when(assign(li, { from: '2026-03-01', meta: { actor: head } }))
      .then(assigned(li, '2026-03-01'));
    spec
      .given()
      .when(assign(li, { meta: { actor: { ...head, department: 'water' } } }))
      .refused(
        'duty.not-your-department',
        { matter: 'GC-02', department: 'natural-resources' },
        null,
        'permission',
      );
  });

  test('has departments that contribute and leaders over it, who stay until others are named', () => {
    const principal: Responsible = { department: 'natural-resources', post: '局长', person: 'zhao' };
    const deputy: Responsible = { department: 'county-government', post: '副县长', person: 'sun' };
    const first = assigned(li, '2026-03-01', null, {
      co: ['emergency', 'water'],
      principal,
      deputy,
      changed: ['person', 'lead', 'co', 'principal', 'deputy'],
    });
    const named = {
      from: '2026-03-01',
      co: ['water', 'emergency', 'water'],
      principal: 'zhao',
      principalHeld: { department: 'natural-resources', post: '局长' },
      deputy: 'sun',
      deputyHeld: { department: 'county-government', post: '副县长' },
    };
    spec.given().when(assign(li, named)).then(first);
    // The handling person hands over, the others stay.
    const second = assigned(wang, '2026-07-01', li, { co: ['emergency', 'water'], principal, deputy });
    spec
      .given(first)
      .when(assign(wang, { from: '2026-07-01' }))
      .then(second);
    // The deputy hands over, no department contributes any more, and the handling person stays.
    const moved = { deputyHeld: { department: 'county-government', post: '常务副县长' } };
    spec
      .given(first, second)
      .when(assign(wang, { from: '2026-08-01', co: [], deputy: 'sun', ...moved, principal: null }))
      .then(
        assigned(wang, '2026-08-01', wang, {
          principal: null,
          deputy: { ...deputy, post: '常务副县长' },
          changed: ['co', 'principal', 'deputy'],
        }),
      );
    spec
      .given(first, second)
      .when(assign(wang, { ...named, from: '2026-09-01' }))
      .nothing();
    expect(responsibleOn(spec.given(first, second).state, '2026-06-30')).toEqual({
      ...{ ...li, lead: 'natural-resources', co: ['emergency', 'water'], principal, deputy },
      from: '2026-03-01',
    });
  });

  test('is led by the department that decides, which does not contribute to itself; leaders hold a post', () => {
    const params = { matter: 'GC-02', department: 'natural-resources', lead: 'water' };
    spec
      .given()
      .when(assign(li, { lead: 'water' }))
      .refused('duty.lead-decides', params, null, 'input');
    const joint = { matter: { at: 'in-force', department: null } } as const;
    spec
      .given()
      .when(assign(li, { ...joint, lead: 'water', from: '2026-03-01' }))
      .then(assigned(li, '2026-03-01', null, { lead: 'water' }));
    spec
      .given()
      .when(assign(li, { co: ['natural-resources'] }))
      .refused('duty.lead-contributes', { field: 'co', lead: 'natural-resources' }, null, 'input');
    spec
      .given()
      .when(assign(li, { co: ['nowhere'], unknown: ['nowhere'] }))
      .refused('duty.unknown-departments', { departments: 'nowhere' }, null, 'input');
    spec
      .given()
      .when(assign(li, { from: '2026-03-01', deputy: 'sun' }))
      .refused('duty.no-post', { person: 'sun', day: '2026-03-01' }, null, 'input');
  });

  test('is exactly one person on each day from the first assignment on, whatever the handovers', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(gaps, fc.nat(3_000), (lengths, asked) => {
        const dayOf = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
        let number = 18_000;
        const firsts = lengths.map((length) => (number += length));
        const { state } = spec.given(
          ...firsts.map((first, index) => assigned({ ...li, person: `p${index}` }, dayOf(first))),
        );
        const day = 18_000 + asked;
        const begun = firsts.filter((first) => first <= day).length;
        expect(responsibleOn(state, dayOf(day))?.person ?? null).toBe(begun === 0 ? null : `p${begun - 1}`);
      }),
    );
  });
});

describe('a published catalogue', () => {
  const entry: CatalogueEntry = { matter: 'GC-02', matterVersion: 1, verified: true, ...li };
  const published: CatalogueEvent = {
    type: 'CataloguePublished',
    version: 1,
    data: { catalogue: '2026-2', effectiveFrom: '2026-12-01', note: null, entries: [entry] },
  };
  const publish = (
    over: Partial<CommandWithFacts<CatalogueCommand>> = {},
  ): CommandWithFacts<CatalogueCommand> => ({
    type: 'PublishCatalogue',
    id: '2026-2',
    effectiveFrom: '2026-12-01',
    entries: [entry],
    unassigned: [],
    ...over,
  });

  test('is published once as it is', () => {
    catalogue.given().when(publish()).then(published);
    catalogue.given(published).when(publish()).nothing();
    catalogue
      .given(published)
      .when(publish({ note: '更新' }))
      .refused('catalogue.exists', { catalogue: '2026-2' }, null, 'state');
  });

  test('has no matter without a responsible person', () => {
    catalogue
      .given()
      .when(publish({ unassigned: ['GC-01', 'SG-05'] }))
      .refused(
        'catalogue.unassigned-matters',
        { day: '2026-12-01', count: 2, matters: 'GC-01, SG-05' },
        null,
        'state',
      );
    const many = Array.from({ length: 25 }, (_, index) => `M-${index}`);
    catalogue
      .given()
      .when(publish({ unassigned: many }))
      .refused('catalogue.unassigned-matters', {
        day: '2026-12-01',
        count: 25,
        matters: `${many.slice(0, 20).join(', ')}, …`,
      });
  });

  test('begins on a day that exists', () => {
    catalogue
      .given()
      .when(publish({ effectiveFrom: '2026-02-30' }))
      .refused('duty.not-a-day', { field: 'effectiveFrom', day: '2026-02-30' }, null, 'input');
  });
});
