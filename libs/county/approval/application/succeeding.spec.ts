import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { BETWEEN_DEPARTMENTS } from '../core/attribution.js';
import { type Custody } from '../core/holder.js';
import { takingOver } from '../jurisdiction/succession.commands.js';
import {
  accepted,
  byApplicant,
  byReviewer,
  CASE,
  commands,
  decider,
  desk,
  ID,
  NOW,
  opening,
  played,
  underReview,
} from '../testing/cases.js';
import { type ApplicationEvent } from './application.events.js';

const spec = deciderSpec(decider);

/** Beginning of Wednesday 25 November 2026 in China, the first day of the reform. */
const REFORM = '2026-11-24T16:00:00.000Z';

const LATER = '2026-11-25T02:00:00.000Z';

const takeOver = (from = 'natural-resources', department = 'planning') => {
  const { meta, ...command } = takingOver(
    { application: ID, from, department },
    { revision: '7', at: REFORM, now: LATER },
  );
  const { actor, occurredAt, now } = meta;
  return { ...command, meta: { actor, occurredAt, now } };
};

const takenOver = (
  custody: Custody,
  from = 'natural-resources',
  department = 'planning',
): ApplicationEvent => ({
  type: 'ApplicationTakenOver',
  version: 1,
  data: { ...CASE, from, department, custody },
});

const successor = { ...desk, department: 'planning' };

const consulted = (...departments: string[]) =>
  played(
    commands.submit(),
    commands.accept(),
    commands.assign(),
    commands.consult({ departments, unknown: [] }),
  ).events;

describe('after a reform, what was a department’s is its successor’s', () => {
  test('the turn, from the first day of the reform on; who reviews is named anew', () => {
    const custody = { ended: { by: byReviewer, from: NOW, to: REFORM }, holder: successor };
    spec
      .given(...underReview())
      .when(takeOver())
      .then(takenOver(custody));
    const { state } = spec.given(...underReview(), takenOver(custody));
    expect(state).toEqual(
      expect.objectContaining({ department: 'planning', reviewer: null, holder: successor, since: REFORM }),
    );
  });

  test('an application on the applicant’s turn, whose time goes on', () => {
    const returned = played(
      commands.submit(),
      commands.accept(),
      commands.assign(),
      commands.returnToApplicant(),
    ).events;
    const event = takenOver({ ended: null, holder: byApplicant });
    spec
      .given(...returned)
      .when(takeOver())
      .then(event);
    const { state } = spec.given(...returned, event);
    expect(state).toEqual(
      expect.objectContaining({ department: 'planning', holder: byApplicant, since: NOW, at: 'returned' }),
    );
  });

  test('what it decided, so that its successor delivers it', () => {
    const decided = played(
      commands.submit(),
      commands.accept(),
      commands.assign(),
      commands.approve(),
    ).events;
    spec
      .given(...decided)
      .when(takeOver())
      .then(takenOver({ ended: { by: desk, from: NOW, to: REFORM }, holder: successor }));
    const delivered = played(
      commands.submit(),
      commands.accept(),
      commands.assign(),
      commands.approve(),
      commands.deliver(),
    ).events;
    spec
      .given(...delivered)
      .when(takeOver())
      .then(takenOver({ ended: null, holder: null }));
  });

  test('an excluded procedure that holds the case', () => {
    const suspended = played(
      commands.submit(),
      commands.accept(),
      commands.assign(),
      commands.suspend(),
    ).events;
    const procedure = { ...desk, party: 'excluded-procedure' } as const;
    spec
      .given(...suspended)
      .when(takeOver())
      .then(
        takenOver({
          ended: { by: procedure, from: NOW, to: REFORM },
          holder: { ...procedure, department: 'planning' },
        }),
      );
  });

  test('an opinion that it owes; the application keeps waiting', () => {
    const event = takenOver({ ended: null, holder: BETWEEN_DEPARTMENTS }, 'water', 'ecology');
    spec
      .given(...consulted('water', 'forestry'))
      .when(takeOver('water', 'ecology'))
      .then(event);
    const { state } = spec.given(...consulted('water', 'forestry'), event);
    expect(state).toEqual(
      expect.objectContaining({
        department: 'natural-resources',
        consultation: expect.objectContaining({
          asked: ['ecology', 'forestry'],
          outstanding: ['ecology', 'forestry'],
        }),
      }),
    );
  });

  test('an opinion that the lead would owe itself is dropped, and the lead goes on', () => {
    const event = takenOver(
      { ended: { by: BETWEEN_DEPARTMENTS, from: NOW, to: REFORM }, holder: byReviewer },
      'water',
      'natural-resources',
    );
    spec
      .given(...consulted('water'))
      .when(takeOver('water', 'natural-resources'))
      .then(event);
    const { state } = spec.given(...consulted('water'), event);
    expect(state).toEqual(
      expect.objectContaining({ consultation: expect.objectContaining({ asked: [], outstanding: [] }) }),
    );
    // The lead is merged into the one that it asked.
    spec
      .given(...consulted('water'))
      .when(takeOver('natural-resources', 'water'))
      .then(
        takenOver(
          {
            ended: { by: BETWEEN_DEPARTMENTS, from: NOW, to: REFORM },
            holder: { ...desk, department: 'water' },
          },
          'natural-resources',
          'water',
        ),
      );
  });

  test('and nothing else: another’s case, a joint matter, an application that was never submitted', () => {
    spec
      .given(...accepted())
      .when(takeOver('water', 'ecology'))
      .nothing();
    const joint = played(
      commands.submit({ opening: opening({ department: null }) }),
      commands.accept(),
    ).events;
    spec
      .given(...joint)
      .when(takeOver())
      .nothing();
    spec.given().when(takeOver()).refused('application.not-submitted', { application: ID }, null, 'absent');
  });

  test('what was done since the reform began keeps its time', () => {
    const early = '2026-11-24T01:00:00.000Z';
    const { meta, ...command } = takeOver();
    spec
      .given(...accepted())
      .when({ ...command, meta: { ...meta, occurredAt: early } })
      .then(takenOver({ ended: { by: desk, from: NOW, to: NOW }, holder: successor }));
  });
});
