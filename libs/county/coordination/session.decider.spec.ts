import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { actor } from '#libs/engine/event-sourcing-testing';
import { type SessionEvent } from './session.events.js';
import { SESSION_MESSAGES } from './session.messages.js';
import {
  spec,
  SESSION,
  DAY,
  at,
  agenda,
  type Bare,
  toOpen,
  scheduled,
  items,
  rest,
  convened,
  opened,
  resolved,
  closed,
} from './testing/sessions.js';

const clock = actor('clock', 'system');
const toSchedule: Bare = {
  type: 'ScheduleJointReview',
  id: SESSION,
  nominalDay: SESSION,
  meta: at('2026-08-03T00:00:00.000Z', clock),
};
const toConvene = (over: object = {}): Bare => ({
  type: 'ConveneJointReview',
  id: SESSION,
  day: SESSION,
  agenda,
  meta: at('2026-08-16T16:00:01.000Z', clock),
  ...over,
});
const toMiss = (now = '2026-08-17T16:00:00.000Z'): Bare => ({
  type: 'MarkJointReviewMissed',
  id: SESSION,
  meta: at(now, clock),
});
const missed: SessionEvent = {
  type: 'JointReviewMissed',
  version: 1,
  data: {
    session: SESSION,
    day: DAY,
    carriedOver: [
      { application: 'p1-GC-02', carryCount: 2 },
      { application: 'p2-GC-02', carryCount: 1 },
    ],
  },
};

describe('a session of the schedule', () => {
  test('is scheduled once, and convened for the worked day that its own is moved to', () => {
    spec.given().when(toSchedule).then(scheduled);
    spec.given(scheduled).when(toSchedule).nothing();
    spec.given(scheduled).when(toConvene()).then(convened);
    spec.given(scheduled, convened).when(toConvene()).refused('session.exists', { session: SESSION });
  });

  test('is convened by the clock, and by no person before', () => {
    const early = toConvene({ meta: at('2026-08-10T02:00:00.000Z') });
    for (const history of [[], [scheduled]]) {
      spec
        .given(...history)
        .when(early)
        .refused('session.reserved-id', { session: SESSION }, null, 'input');
    }
    spec.given(scheduled).when(toOpen()).refused('session.not-convened', { session: SESSION }, null, 'state');
    spec.given().when(toOpen()).refused('session.unknown', { session: SESSION }, null, 'absent');
  });

  test('that was not opened on its day was missed, with everything that goes to the next', () => {
    const history = [scheduled, convened];
    spec
      .given(...history)
      .when(toMiss())
      .then(missed);
    spec
      .given(...history)
      .when(toMiss('2026-08-17T15:59:59.999Z'))
      .nothing();
    spec
      .given(...history, opened)
      .when(toMiss())
      .nothing();
    spec
      .given(...history, missed)
      .when(toMiss())
      .nothing();
    spec
      .given(...history, missed)
      .when(toOpen())
      .refused('session.missed', { session: SESSION });
  });
});

describe('an additional session', () => {
  const id = 'flood-control';
  const call = (over: object = {}) =>
    toConvene({ id, day: '2026-08-12', meta: at('2026-08-12T02:00:00.000Z'), ...over });

  test('is for a day from today on', () => {
    spec
      .given()
      .when(call())
      .then({
        type: 'JointReviewConvened',
        version: 1,
        data: { session: id, nominalDay: null, day: '2026-08-12', agenda: items, ...rest },
      });
    spec
      .given()
      .when(call({ day: '2026-08-11' }))
      .refused('session.in-the-past', { day: '2026-08-11' }, null, 'input');
    spec
      .given()
      .when(call({ day: '2026-02-30' }))
      .refused('session.not-a-day', { value: '2026-02-30' }, null, 'input');
  });
});

test('an event out of its order means a damaged log', () => {
  expect(() => spec.given(scheduled, scheduled)).toThrow('JointReviewScheduled while it is scheduled');
  expect(() => spec.given(convened, convened)).toThrow('JointReviewConvened while it is convened');
  for (const event of [opened, missed]) {
    expect(() => spec.given(scheduled, event)).toThrow(`${event.type} while it is scheduled`);
  }
  for (const event of [resolved, closed]) {
    expect(() => spec.given(convened, event)).toThrow(`${event.type} while it is convened`);
  }
});

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const source = readFileSync(new URL('session.rules.ts', import.meta.url), 'utf8');
  const used = new Set([...source.matchAll(/'(session\.[a-z-]+)'/g)].map(([, code]) => code));
  expect([...used].sort()).toEqual(Object.keys(SESSION_MESSAGES).sort());
  // The Chinese name of a stage is a parameter of its own.
  const parameters = (text: string) =>
    [...text.matchAll(/\{(\w+?)(?:Zh)?\}/g)].map(([, name]) => name).sort();
  for (const { zh, en } of Object.values(SESSION_MESSAGES)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(parameters(zh)).toEqual(parameters(en));
  }
});
