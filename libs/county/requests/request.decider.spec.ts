import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { calendarOf } from '#libs/law/calendar';
import { type Actor } from '#libs/engine/event-sourcing';
import { type CommandWithFacts, deciderSpec } from '#libs/engine/event-sourcing-testing';
import { type RequestCommand } from './request.commands.js';
import { requestDecider } from './request.decider.js';
import { type RequestEvent, type Urgency } from './request.events.js';
import { REQUEST_MESSAGES } from './request.messages.js';

/** Tuesday 24 November 2026, 10:00 in China, and the end of Thursday. */
const NOW = '2026-11-24T02:00:00.000Z';
const ANSWER_BY = '2026-11-26T16:00:00.000Z';
const AFTER = '2026-11-26T16:00:00.001Z';
const terms = { answerWithinWorkingDays: { normal: 5, urgent: 2, critical: 1 } };
const spec = deciderSpec(requestDecider({ calendar: calendarOf({ version: 'weekends' }), terms }), {
  facts: { RaiseRequest: ['departmentKnown'], AnswerRequest: ['competent'] },
});

const person = (name: string, role: string, department: string | null = null): Actor => ({
  person: name,
  post: null,
  department,
  role,
});
const applicant = person('li', 'applicant');
const agent = person('qian', 'agent');
const water = person('he', 'department-head', 'water');
const clock = person('clock', 'system');
const at = (actor: Actor, now = NOW) => ({ actor, now, occurredAt: now });

type Bare = CommandWithFacts<RequestCommand>;
const raise = (over: Partial<Extract<Bare, { type: 'RaiseRequest' }>> = {}): Bare => ({
  type: 'RaiseRequest',
  id: 'r1',
  department: 'water',
  urgency: 'urgent',
  text: '取水口位置如何确定',
  departmentKnown: true,
  meta: at(applicant),
  ...over,
});
const answer = (by = water, now = NOW, competent = 'water'): Bare => ({
  type: 'AnswerRequest',
  id: 'r1',
  answer: '以水利局核定坐标为准',
  competent,
  meta: at(by, now),
});
const rate = (meta: Bare['meta'] = at(applicant), helped = true): Bare => ({
  type: 'RateRequest',
  id: 'r1',
  helped,
  meta,
});
const overdue = (now = AFTER): Bare => ({
  type: 'MarkRequestOverdue',
  id: 'r1',
  meta: { actor: clock, now, occurredAt: ANSWER_BY },
});

const of = { request: 'r1', department: 'water' };
const raised = (answerBy = ANSWER_BY, urgency: Urgency = 'urgent'): RequestEvent => ({
  type: 'RequestRaised',
  version: 1,
  data: { ...of, applicant: 'li', urgency, text: '取水口位置如何确定', answerBy },
});
const answered = (late = false): RequestEvent => ({
  type: 'RequestAnswered',
  version: 1,
  data: { ...of, answer: '以水利局核定坐标为准', late },
});
const rated: RequestEvent = {
  type: 'RequestRated',
  version: 1,
  data: { ...of, helped: true, comment: null },
};
const marked: RequestEvent = { type: 'RequestOverdue', version: 1, data: { ...of, answerBy: ANSWER_BY } };

describe('a request', () => {
  test('has its last day by its urgency', () => {
    const days: Record<Urgency, string> = {
      critical: '2026-11-25T16:00:00.000Z',
      urgent: ANSWER_BY,
      normal: '2026-12-01T16:00:00.000Z',
    };
    for (const [urgency, day] of Object.entries(days) as [Urgency, string][]) {
      spec.given().when(raise({ urgency })).then(raised(day, urgency));
    }
  });

  test('is raised by the enterprise, or by an agent who shows a mandate', () => {
    spec
      .given()
      .when(raise({ meta: { ...at(agent), onBehalfOf: applicant } }))
      .then(raised());
    spec
      .given()
      .when(raise({ meta: at(agent) }))
      .refused('request.mandate-missing', { agent: 'qian' }, '行政许可法 Art. 29', 'permission');
    spec
      .given()
      .when(raise({ departmentKnown: false }))
      .refused('request.unknown-department', { department: 'water' }, null, 'input');
    spec.given(raised()).when(raise()).refused('request.exists', { request: 'r1' }, null, 'state');
  });

  test('is answered once, by its department; late after its last instant', () => {
    spec.given(raised()).when(answer(water, ANSWER_BY)).then(answered());
    spec.given(raised(), marked).when(answer(water, AFTER)).then(answered(true));
    spec
      .given(raised())
      .when(answer(person('wang', 'window', 'natural-resources')))
      .refused('request.other-department', { ...of }, null, 'permission');
    const successor = person('wang', 'window', 'ecology');
    spec
      .given(raised())
      .when(answer(successor, NOW, 'ecology'))
      .then(answered());
    spec
      .given(raised())
      .when(answer(water, NOW, 'ecology'))
      .refused('request.other-department', { ...of }, null, 'permission');
    spec
      .given(raised(), answered())
      .when(answer())
      .refused('request.answered-already', { request: 'r1' }, null, 'state');
    spec.given().when(answer()).refused('request.unknown', { request: 'r1' }, null, 'absent');
  });

  test('is rated once, after its answer, by the one who asked', () => {
    spec.given(raised(), answered()).when(rate()).then(rated);
    spec
      .given(raised(), answered())
      .when(rate({ ...at(agent), onBehalfOf: applicant }))
      .then(rated);
    spec
      .given(raised(), answered())
      .when(rate(at(person('zhao', 'applicant'))))
      .refused('request.not-yours', { request: 'r1', person: 'zhao' }, null, 'permission');
    spec.given(raised()).when(rate()).refused('request.not-answered', { request: 'r1' }, null, 'state');
    spec
      .given(raised(), answered(), rated)
      .when(rate())
      .refused('request.rated-already', { request: 'r1' }, null, 'state');
  });

  test('is marked overdue once, after its last instant, if it is unanswered', () => {
    spec.given(raised()).when(overdue()).then(marked);
    spec.given(raised()).when(overdue(ANSWER_BY)).nothing();
    spec.given(raised(), marked).when(overdue()).nothing();
    spec.given(raised(), answered()).when(overdue()).nothing();
  });
});

test('an event out of its order means a damaged log', () => {
  expect(() => spec.given(answered())).toThrow('RequestAnswered before RequestRaised');
  expect(() => spec.given(raised(), raised())).toThrow('RequestRaised a second time');
});

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const source = readFileSync(new URL('request.rules.ts', import.meta.url), 'utf8');
  const used = new Set([...source.matchAll(/'(request\.[a-z-]+)'/g)].map(([, code]) => code));
  expect([...used].sort()).toEqual(Object.keys(REQUEST_MESSAGES).sort());
  const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const { zh, en } of Object.values(REQUEST_MESSAGES)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(parameters(zh)).toEqual(parameters(en));
  }
});
