import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import {
  applicant,
  CASE,
  clock,
  commands,
  decider,
  head,
  played,
  stranger,
  WAYS,
  window,
} from '../testing/cases.js';

const spec = deciderSpec(decider);

const decided = () => played(...WAYS.decided).events;

const by = (actor: typeof head, type = 'ApplicationApproved') => ({ type, actor });

describe('rating (好差评)', () => {
  test('the applicant rates an act and its actor', () => {
    spec
      .given(...decided())
      .when(commands.rate({ revision: 3, stars: 2, comment: '等得太久', original: by(head) }))
      .then({
        type: 'ServiceRated',
        version: 1,
        data: {
          ...CASE,
          rated: 3,
          ratedType: 'ApplicationApproved',
          department: 'natural-resources',
          post: head.post,
          person: head.person,
          stars: 2,
          comment: '等得太久',
        },
      });
  });

  test('each act once; another act of the same case is another rating', () => {
    const rated = played(...WAYS.decided, commands.rate()).events;
    spec
      .given(...rated)
      .when(commands.rate({ stars: 1 }))
      .refused('application.rated-before');
    const { events } = played(
      ...WAYS.decided,
      commands.rate(),
      commands.rate({ revision: 3, original: by(head) }),
    );
    expect(events.slice(-2).map(({ data }) => 'rated' in data && data.rated)).toEqual([1, 3]);
  });

  test('only what a department did in this case, and only by its applicant', () => {
    const refused = (given: Parameters<typeof commands.rate>[0], code: string) =>
      spec
        .given(...decided())
        .when(commands.rate(given))
        .refused(code);
    refused({ revision: 40, original: null }, 'application.no-such-record');
    const noAct = 'application.not-a-handling-act';
    refused({ revision: 0, original: by(applicant, 'ApplicationSubmitted') }, noAct);
    refused({ original: by(clock, 'ApplicationWarned') }, noAct);
    refused({ original: by(window, 'RepeatedSupplementFlagged') }, noAct);
    const another = { ...applicant, person: 'another' };
    refused({ meta: { actor: another } }, 'application.not-the-applicant');
    refused({ meta: { actor: stranger } }, 'application.not-the-applicant');
  });

  test('an agent rates for whom they act', () => {
    const agent = { person: 'agent-1', post: null, department: null, role: 'agent' };
    spec
      .given(...decided())
      .when(commands.rate({ meta: { actor: agent } }))
      .refused('application.not-the-applicant');
    const { events } = played(
      ...WAYS.decided,
      commands.rate({ meta: { actor: agent, onBehalfOf: applicant } }),
    );
    expect(events.at(-1)?.type).toBe('ServiceRated');
  });
});
