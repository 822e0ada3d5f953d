import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { calendarOf } from '#libs/law/calendar';
import { type Actor, type CommandMeta } from '#libs/engine/event-sourcing';
import {
  applicant,
  type CommandWithFacts,
  deciderSpec,
  head,
  recorded,
  supervisor,
  waterHead,
} from '#libs/engine/event-sourcing-testing';
import { type MatterDefinition } from './catalogue.events.js';
import { type ChallengeCommand, type ChallengeTarget } from './challenge.commands.js';
import { challengeDecider } from './challenge.decider.js';
import { type ChallengeEvent, type Condition } from './challenge.events.js';
import { hasCondition, withoutCondition } from './challenge.rules.js';

// 1 December 2026 is a holiday here, so that working days are not only weekdays.
const calendar = calendarOf({ version: 'test', holidays: { '2026-12-01': '假日' } });
const spec = deciderSpec(challengeDecider({ calendar }), {
  facts: {
    ChallengeThreshold: ['target'],
    AnswerChallenge: ['competent'],
    WithdrawCondition: ['competent'],
    ConfirmWithdrawal: ['competent', 'matterVersion'],
  },
});

const plan: Condition = { kind: 'material', name: '总平面图' };
const target: ChallengeTarget = {
  at: 'in-force',
  version: 3,
  department: 'natural-resources',
  hasCondition: true,
};
/** Asked on Tuesday 24 November: ten working days on is Wednesday 9 December, whose end is 16:00 UTC. */
const DUE = '2026-12-09T16:00:00.000Z';
const deputy: Actor = { ...head, person: 'demo-deputy' };
const BASIS = '优化营商环境条例 Art. 35';
const by = (actor: Actor, now = '2026-11-25T02:00:00.000Z'): Partial<CommandMeta> => ({
  actor,
  now,
  occurredAt: now,
});

type Bare<Type extends ChallengeCommand['type']> = Extract<
  CommandWithFacts<ChallengeCommand>,
  { type: Type }
>;
const challenge = (over: Partial<Bare<'ChallengeThreshold'>> = {}): Bare<'ChallengeThreshold'> => ({
  type: 'ChallengeThreshold',
  id: 'q1',
  matter: 'GC-02',
  condition: plan,
  reason: '没有依据',
  target,
  meta: { actor: applicant },
  ...over,
});
const answer = (
  meta: Partial<CommandMeta>,
  competent: string | null = 'natural-resources',
): Bare<'AnswerChallenge'> => ({
  type: 'AnswerChallenge',
  id: 'q1',
  law: '城乡规划法',
  article: 'Art. 40',
  explanation: '法定材料',
  competent,
  meta,
});
const withdraw = (meta: Partial<CommandMeta>): Bare<'WithdrawCondition'> => ({
  type: 'WithdrawCondition',
  id: 'q1',
  reason: '没有法定依据',
  article: BASIS,
  competent: 'natural-resources',
  meta,
});
const confirm = (meta: Partial<CommandMeta>): Bare<'ConfirmWithdrawal'> => ({
  type: 'ConfirmWithdrawal',
  id: 'q1',
  competent: 'natural-resources',
  matterVersion: 4,
  meta,
});
const escalate = (now: string): Bare<'EscalateChallenge'> => ({
  type: 'EscalateChallenge',
  id: 'q1',
  meta: by(supervisor, now),
});

const challenged: ChallengeEvent = {
  type: 'ThresholdChallenged',
  version: 1,
  data: {
    challenge: 'q1',
    matter: 'GC-02',
    matterVersion: 3,
    department: 'natural-resources',
    condition: plan,
    reason: '没有依据',
    dueAt: DUE,
  },
};
const answered = (late = false): ChallengeEvent => ({
  type: 'ChallengeAnswered',
  version: 1,
  data: {
    challenge: 'q1',
    matter: 'GC-02',
    law: '城乡规划法',
    article: 'Art. 40',
    explanation: '法定材料',
    late,
  },
});
const proposal: ChallengeEvent = {
  type: 'WithdrawalProposed',
  version: 1,
  data: { challenge: 'q1', matter: 'GC-02', condition: plan, reason: '没有法定依据', article: BASIS },
};
/** As the first head proposed it. */
const proposed = recorded(proposal, { metadata: { actor: head } });
const withdrawn = (late = false): ChallengeEvent => ({
  type: 'ConditionWithdrawn',
  version: 1,
  data: {
    challenge: 'q1',
    matter: 'GC-02',
    condition: plan,
    reason: '没有法定依据',
    matterVersion: 4,
    late,
    article: BASIS,
    proposedBy: head.person,
  },
});
const escalated: ChallengeEvent = {
  type: 'ChallengeEscalated',
  version: 1,
  data: { challenge: 'q1', matter: 'GC-02', dueAt: DUE },
};

describe('a challenge', () => {
  test('gives the department ten working days', () => {
    spec.given().when(challenge()).then(challenged);
    spec.given(challenged).when(challenge()).refused('challenge.exists', { challenge: 'q1' }, null, 'state');
  });

  test('is of something that a matter in force asks for', () => {
    spec
      .given()
      .when(challenge({ target: null }))
      .refused('challenge.unknown-matter', { matter: 'GC-02' }, null, 'input');
    spec
      .given()
      .when(challenge({ target: { ...target, at: 'abolished' } }))
      .refused('challenge.matter-abolished', { matter: 'GC-02' }, null, 'state');
    spec
      .given()
      .when(challenge({ target: { ...target, hasCondition: false } }))
      .refused(
        'challenge.no-such-condition',
        { matter: 'GC-02', kind: 'material', kindZh: '材料', name: '总平面图' },
        null,
        'input',
      );
  });
});

describe('the department', () => {
  test.each([
    ['to the last instant', DUE, false],
    ['a millisecond later', '2026-12-09T16:00:00.001Z', true],
  ])('answers or withdraws; in time %s', (_, now, late) => {
    spec
      .given(challenged)
      .when(answer(by(head, now)))
      .then(answered(late));
    spec
      .given(challenged)
      .when(withdraw(by(head, now)))
      .then(proposal);
    spec
      .given(challenged, proposed)
      .when(confirm(by(deputy, now)))
      .then(withdrawn(late));
  });

  test('does so once, and no other department for it', () => {
    for (const end of [answered(), withdrawn()]) {
      for (const command of [answer(by(head)), withdraw(by(head)), confirm(by(deputy))]) {
        spec
          .given(challenged, end)
          .when(command)
          .refused('challenge.closed', { challenge: 'q1' }, null, 'state');
      }
    }
    for (const command of [answer(by(waterHead)), withdraw(by(waterHead)), confirm(by(waterHead))]) {
      spec
        .given(challenged)
        .when(command)
        .refused(
          'challenge.other-department',
          { challenge: 'q1', department: 'natural-resources' },
          '行政许可法 Art. 22',
          'permission',
        );
      spec.given().when(command).refused('challenge.unknown', { challenge: 'q1' }, null, 'absent');
    }
  });

  test('7 a proposal to withdraw a condition that cites no law is refused', () => {
    const { article: _, ...uncited } = withdraw(by(head));
    spec
      .given(challenged)
      .when(uncited)
      .refused('challenge.withdrawal-without-article', { challenge: 'q1', field: 'article' }, null, 'input');
  });

  test('7 no head withdraws a condition alone; another head, a leader or the campaign office confirms', () => {
    spec
      .given(challenged, proposed)
      .when(confirm(by(head)))
      .refused('challenge.withdrawal-by-one', { challenge: 'q1', person: head.person }, null, 'permission');
    spec
      .given(challenged)
      .when(confirm(by(deputy)))
      .refused('challenge.withdrawal-not-proposed', { challenge: 'q1' }, null, 'state');
    const leader: Actor = { person: 'demo-leader', post: '县长', department: null, role: 'leader' };
    spec
      .given(challenged, proposed)
      .when(confirm(by(leader)))
      .then(withdrawn());
  });

  test('after a reform the department that has the matter now', () => {
    spec
      .given(challenged)
      .when(answer(by(waterHead), 'water'))
      .then(answered());
    spec
      .given(challenged)
      .when(answer(by(head), 'water'))
      .refused('challenge.other-department', { challenge: 'q1', department: 'water' });
  });

  test('any of them, where the matter is joint', () => {
    const joint: ChallengeEvent = {
      ...challenged,
      data: { ...challenged.data, department: null },
    };
    spec
      .given(joint)
      .when(answer(by(waterHead), null))
      .then(answered());
  });
});

describe('escalation', () => {
  const after = '2026-12-10T02:00:00.000Z';

  test('comes once the limit is over, once, and does not end the challenge', () => {
    spec
      .given(challenged)
      .when(escalate(DUE))
      .refused('challenge.not-overdue', { challenge: 'q1', dueAt: DUE }, null, 'state');
    spec.given(challenged).when(escalate(after)).then(escalated);
    spec.given(challenged, escalated).when(escalate(after)).nothing();
    spec
      .given(challenged, escalated)
      .when(answer(by(head, after)))
      .then(answered(true));
  });

  test('comes to nothing that is dealt with or was never asked', () => {
    spec
      .given(challenged, answered())
      .when(escalate(after))
      .refused('challenge.closed', { challenge: 'q1' }, null, 'state');
    spec.given().when(escalate(after)).refused('challenge.unknown', { challenge: 'q1' }, null, 'absent');
  });
});

test('an event before the challenge, or a second challenge, means a damaged log', () => {
  expect(() => spec.given(escalated)).toThrow('ChallengeEscalated before ThresholdChallenged');
  expect(() => spec.given(challenged, challenged)).toThrow('ThresholdChallenged a second time');
});

test('what a matter asks for, and the matter without it', () => {
  const matter: MatterDefinition = {
    code: 'GC-02',
    name: '建筑工程施工许可证核发',
    nameEn: 'Construction permit',
    kind: 'licence',
    department: 'housing',
    legalBasis: [{ law: '建筑法', article: 'Art. 7', verified: true }],
    statutory: null,
    promised: null,
    limitsVerified: true,
    materials: [
      { name: '总平面图', key: true, basis: 'Art. 40' },
      { name: '申请书', key: true, basis: 'Art. 29' },
    ],
    steps: ['受理', '踏勘', '决定'],
    effectiveFrom: '2026-01-01',
  };
  const step: Condition = { kind: 'step', name: '踏勘' };
  const hidden: Condition = { kind: 'other', name: '先交保证金' };
  expect([plan, step, hidden].map((condition) => hasCondition(matter, condition))).toEqual([
    true,
    true,
    true,
  ]);
  expect(
    [
      { kind: 'material', name: '踏勘' },
      { kind: 'step', name: '总平面图' },
    ].map((condition) => hasCondition(matter, condition as Condition)),
  ).toEqual([false, false]);
  expect(withoutCondition(matter, plan)).toEqual({ ...matter, materials: [matter.materials[1]] });
  expect(withoutCondition(matter, step)).toEqual({ ...matter, steps: ['受理', '决定'] });
  expect(withoutCondition(matter, hidden)).toBeNull();
});
