import { type CommandMeta } from '#libs/engine/event-sourcing';
import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { BETWEEN_DEPARTMENTS } from '../core/attribution.js';
import { type AssignJurisdiction, type HoldForDispute } from '../jurisdiction/disputes.commands.js';
import {
  at,
  byApplicant,
  byHead,
  CASE,
  commands,
  decider,
  desk,
  head,
  NOW,
  played,
  stranger,
} from '../testing/cases.js';
import { type ApplicationEvent } from './application.events.js';

const spec = deciderSpec(decider);

const LATER = '2026-11-27T02:00:00.000Z';

const departments = ['natural-resources', 'water'];

type Bare<Command extends { meta: CommandMeta }> = Omit<Command, 'meta'> & { meta: Partial<CommandMeta> };

const hold = (dispute = 'd1'): Bare<HoldForDispute> => ({
  type: 'HoldForDispute',
  id: CASE.application,
  dispute,
  departments,
  reason: '河道',
  meta: at(head, NOW),
});

const assign = (department: string, dispute = 'd1'): Bare<AssignJurisdiction> => ({
  type: 'AssignJurisdiction',
  id: CASE.application,
  dispute,
  department,
  reason: '依水法',
  meta: at(head, LATER),
});

const held: ApplicationEvent = {
  type: 'ApplicationDisputed',
  version: 1,
  data: {
    ...CASE,
    dispute: 'd1',
    departments,
    reason: '河道',
    custody: { ended: { by: byHead, from: NOW, to: NOW }, holder: BETWEEN_DEPARTMENTS },
  },
};

const assigned = (department: string): ApplicationEvent => ({
  type: 'JurisdictionAssigned',
  version: 1,
  data: {
    ...CASE,
    dispute: 'd1',
    from: 'natural-resources',
    department,
    reason: '依水法',
    custody: {
      ended: { by: BETWEEN_DEPARTMENTS, from: NOW, to: LATER },
      holder: { ...desk, department },
    },
  },
});

const accepted = () => played(commands.submit(), commands.accept()).events;

describe('an application in dispute', () => {
  test('waits between the departments, and goes to the one that was ruled to be competent', () => {
    spec
      .given(...accepted())
      .when(hold())
      .then(held);
    spec
      .given(...accepted(), held)
      .when(assign('water'))
      .then(assigned('water'));
    spec
      .given(...accepted(), held)
      .when(assign('natural-resources'))
      .then(assigned('natural-resources'));
    const { state } = spec.given(...accepted(), held, assigned('water'));
    expect(state).toEqual(expect.objectContaining({ department: 'water', reviewer: null, at: 'accepted' }));
    expect(state).not.toHaveProperty('dispute');
  });

  test('has the same due dates before, during and after: the clock runs on', () => {
    const due = (...more: readonly ApplicationEvent[]) => {
      const { state } = spec.given(...accepted(), ...more);
      return state.at === 'absent' ? null : state.due;
    };
    expect(due()).not.toBeNull();
    expect(due(held)).toEqual(due());
    expect(due(held, assigned('water'))).toEqual(due());
  });

  test('is not worked on by anyone; an escalation and a withdrawal are always possible', () => {
    const params = { application: CASE.application, dispute: 'd1' };
    for (const command of [
      commands.assign(),
      commands.approve(),
      commands.returnToApplicant(),
      commands.transfer(),
    ]) {
      spec
        .given(...accepted(), held)
        .when(command)
        .refused('application.in-dispute', params, null, 'state');
    }
    spec
      .given(...accepted(), held)
      .when(commands.approve({ meta: { actor: stranger } }))
      .refused('application.other-department');
    spec
      .given(...accepted(), held)
      .when(commands.escalate())
      .then({
        type: 'ApplicationEscalated',
        version: 1,
        data: { ...CASE, level: 'department-head', from: null, reason: '久拖不决' },
      });
    spec
      .given(...accepted(), held)
      .when(commands.withdraw())
      .then({
        type: 'ApplicationWithdrawn',
        version: 1,
        data: {
          ...CASE,
          reason: '项目调整',
          clock: { stoppedAt: NOW, latePromised: false, lateStatutory: false },
          custody: { ended: { by: BETWEEN_DEPARTMENTS, from: NOW, to: NOW }, holder: null },
        },
      });
  });

  test('is in one dispute at a time', () => {
    const params = { application: CASE.application, dispute: 'd1' };
    spec
      .given(...accepted(), held)
      .when(hold('d2'))
      .refused('application.in-dispute', params);
    spec
      .given(...accepted(), held)
      .when(assign('water', 'd2'))
      .refused('application.in-dispute', params);
    spec.given().when(hold()).refused('application.not-submitted', { application: CASE.application });
  });

  test('is left alone when it ended, or went to the applicant, before the dispute reached it', () => {
    const returned = played(
      commands.submit(),
      commands.accept(),
      commands.assign(),
      commands.returnToApplicant(),
    );
    expect(returned.state).toEqual(expect.objectContaining({ holder: byApplicant }));
    spec
      .given(...returned.events)
      .when(hold())
      .nothing();
    const withdrawn = played(commands.submit(), commands.withdraw()).events;
    spec
      .given(...withdrawn)
      .when(hold())
      .nothing();
    spec
      .given(...withdrawn)
      .when(assign('water'))
      .nothing();
  });
});
