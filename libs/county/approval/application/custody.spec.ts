import { defined } from '#libs/engine/event-sourcing';
import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { type Holder } from '../core/holder.js';
import {
  accepted,
  at,
  byReviewer,
  CASE,
  commands,
  decider,
  desk,
  head,
  ID,
  NOW,
  opening,
  played,
  reviewer,
  stranger,
  submitted,
  supervisor,
  TERMS,
  underReview,
  WAYS,
  window,
} from '../testing/cases.js';

const spec = deciderSpec(decider);

describe('transfer', () => {
  const water: Holder = { party: 'department', department: 'water', post: null, person: null };

  test('to another department, which acts from then on, without the old reviewer', () => {
    spec
      .given(...underReview())
      .when(commands.transfer())
      .then({
        type: 'ApplicationTransferred',
        version: 1,
        data: {
          ...CASE,
          from: 'natural-resources',
          to: { department: 'water', post: null, person: null },
          reason: '在河道管理范围内',
          custody: { ended: { by: byReviewer, from: NOW, to: NOW }, holder: water },
        },
      });
    const { state } = played(commands.submit(), commands.accept(), commands.assign(), commands.transfer());
    expect(state).toMatchObject({ at: 'accepted', department: 'water', reviewer: null, holder: water });
  });

  test('to the present holder, or to a department that does not exist', () => {
    const moved = (given: Parameters<typeof commands.transfer>[0]) =>
      spec.given(...underReview()).when(commands.transfer({ department: 'natural-resources', ...given }));
    moved({}).refused('application.transfer-changes-nothing', undefined, undefined, 'input');
    moved({ person: 'demo-reviewer', post: '审查岗' }).refused('application.transfer-changes-nothing');
    moved({ departmentKnown: false }).refused(
      'application.unknown-department',
      { department: 'natural-resources' },
      '行政许可法 Art. 32(2)',
      'input',
    );
    const { state } = played(
      ...[commands.submit(), commands.accept(), commands.assign()],
      commands.transfer({ department: 'natural-resources', person: 'another' }),
    );
    expect(state).toMatchObject({ holder: { ...desk, person: 'another' }, reviewer: byReviewer });
  });
});

describe('escalation', () => {
  const escalated = (level: string, from: string | null) => ({
    type: 'ApplicationEscalated',
    version: 1,
    data: { ...CASE, level, from, reason: '久拖不决' },
  });

  test('it climbs one level at a time, or more with the reason on record, and never back', () => {
    const one = played(commands.submit(), commands.escalate());
    expect(one.events[1]).toMatchObject(escalated('department-head', null));
    const jump = commands.escalate({ level: 'deputy-county-head', skipReason: '涉及两县' });
    const two = played(commands.submit(), jump, commands.escalate());
    expect(two.events.slice(1).map(({ type, version, data }) => ({ type, version, data }))).toEqual([
      escalated('deputy-county-head', null),
      {
        type: 'EscalationLevelSkipped',
        version: 1,
        data: { ...CASE, skipped: ['department-head', 'supervision'], reason: '涉及两县' },
      },
      escalated('leading-group', 'deputy-county-head'),
    ]);
    for (const skipReason of ['', ' ', undefined]) {
      spec
        .given(...submitted())
        .when(commands.escalate({ level: 'supervision', ...defined({ skipReason }) }))
        .refused('application.level-skipped', { application: ID, skipped: 'department-head' }, null, 'input');
    }
    spec
      .given(...two.events)
      .when(commands.escalate())
      .refused('application.level-not-higher', { application: ID, level: 'leading-group' }, null, 'state');
    spec
      .given(...one.events)
      .when(commands.escalate({ level: 'department-head' }))
      .refused('application.level-not-higher');
  });

  test('what can be solved lower down is sent down: one level, to a level named, or back to the handler', () => {
    const up = [commands.submit(), commands.escalate(), commands.escalate()];
    const down = (level: string | null) => ({
      type: 'ApplicationSentDown',
      version: 1,
      data: { ...CASE, level, from: 'supervision', reason: '部门可自行协调' },
    });
    const { events, state } = played(...up, commands.sendDown(), commands.sendDown());
    expect(events.slice(3).map(({ type, version, data }) => ({ type, version, data }))).toEqual([
      down('department-head'),
      { ...down(null), data: { ...down(null).data, from: 'department-head' } },
    ]);
    expect(state).toMatchObject({ level: null });
    spec
      .given(...played(...up).events)
      .when(commands.sendDown({ level: 'supervision' }))
      .refused('application.level-not-lower', { application: ID, level: 'supervision' }, null, 'state');
    spec
      .given(...submitted())
      .when(commands.sendDown())
      .refused('application.not-escalated');
  });

  test('supervisors are bound to no department, departments are', () => {
    expect(played(commands.submit(), commands.escalate({ meta: { actor: supervisor } })).events).toHaveLength(
      2,
    );
    spec
      .given(...submitted())
      .when(commands.escalate({ meta: { actor: stranger } }))
      .refused('application.other-department');
  });
});

describe('time', () => {
  const earlier = '2026-11-23T02:00:00.000Z';

  test('a claimed time may not be earlier than the previous event', () => {
    spec
      .given(...submitted())
      .when(commands.accept({ meta: { actor: window, occurredAt: earlier } }))
      .refused('application.time-runs-backwards', { occurredAt: earlier, previous: NOW }, null, 'input');
  });

  test('live work that lost a race by a moment goes through, with an empty stretch', () => {
    const { events, state } = played(commands.submit(), commands.accept({ meta: at(window, earlier) }));
    expect(events[1]?.data).toMatchObject({ custody: { ended: { from: NOW, to: NOW } } });
    expect(state).toMatchObject({ since: NOW, lastOccurredAt: NOW });
  });
});

describe('a joint matter, as an imported log has it', () => {
  const joint = opening({ department: null, terms: { ...TERMS, statutory: null, promised: null } });
  const promisedEnd = '2026-12-01T00:00:00.000Z';
  const worker = (person: string, department: string) => ({ ...reviewer, person, department, post: null });
  const row = (person: string, department: string, now: string, source: string) =>
    commands.step({ source, meta: at(worker(person, department), now) });
  const group: Holder = { party: 'department', department: 'Group 1', post: null, person: 'Resource21' };
  const times = ['2026-11-25T02:00:00.000Z', '2026-11-26T02:00:00.000Z', '2026-12-02T02:00:00.000Z'] as const;
  const end = '2026-12-01T00:00:00.001Z';

  test('F2 the time before a completion belongs to the person who completed it, after the end to no one, and the end is late by a millisecond', () => {
    const { events, state } = played(
      commands.submit({ opening: joint, promisedEnd }),
      row('Resource21', 'Group 1', times[0], 'row-1'),
      row('Resource04', 'EMPTY', times[1], 'row-2'),
      commands.close({
        outcome: 'ended',
        meta: at({ ...window, person: 'Resource21', department: null }, end),
      }),
      row('Resource21', 'Group 1', times[2], 'row-3'),
    );
    expect(events.map(({ data }) => ('custody' in data ? data.custody : null))).toEqual([
      { ended: null, holder: { ...desk, department: null } },
      { ended: { by: group, from: NOW, to: times[0] }, holder: group },
      {
        ended: {
          by: { ...group, department: 'EMPTY', person: 'Resource04' },
          from: times[0],
          to: times[1],
        },
        holder: { ...group, department: 'EMPTY', person: 'Resource04' },
      },
      {
        ended: { by: { ...group, department: 'EMPTY', post: '窗口' }, from: times[1], to: end },
        holder: null,
      },
      // F2 After the end the time is nobody's.
      { ended: null, holder: null },
    ]);
    expect(events[3]?.data).toMatchObject({
      clock: { stoppedAt: end, latePromised: true, lateStatutory: null },
    });
    expect(events[4]?.data).toMatchObject({ afterEnd: true, source: 'row-3' });
    expect(state).toMatchObject({ at: 'closed', holder: null, since: end });
  });

  test('who assigns a reviewer names the department by acting for one', () => {
    const begun = played(commands.submit({ opening: joint }), commands.accept()).events;
    spec
      .given(...begun)
      .when(commands.assign({ meta: { actor: { ...head, department: null } } }))
      .refused('application.department-missing', { application: ID }, null, 'input');
  });
});

describe('evolve', () => {
  test('an event out of place means a damaged log, and is never skipped', () => {
    const [submission, acceptance] = accepted();
    const delivery = played(...WAYS.delivered).events.at(-1);
    if (!submission || !acceptance || !delivery) throw new Error('these three have happened');
    expect(() => spec.given(acceptance)).toThrow('ApplicationAccepted before ApplicationSubmitted');
    expect(() => spec.given(submission, submission)).toThrow('ApplicationSubmitted a second time');
    expect(() => spec.given(submission, delivery)).toThrow('DecisionDelivered before a decision');
  });
});
