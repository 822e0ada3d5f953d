import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { type Actor, type JsonObject, RuleViolation, type ViolationKind } from '#libs/engine/event-sourcing';
import {
  asRecorded,
  type CommandWithFacts,
  deciderSpec,
  recorded as stored,
} from '#libs/engine/event-sourcing-testing';
import { type MandateCommand } from './mandate.commands.js';
import { mandateDecider } from './mandate.decider.js';
import { type MandateEvent } from './mandate.events.js';
import { MANDATE_MESSAGES } from './mandate.messages.js';
import { principalOf } from './mandate.rules.js';

// 10:00 in China on Tuesday 24 November 2026.
const NOW = '2026-11-24T02:00:00.000Z';
const UNTIL = '2026-12-31T16:00:00.000Z';
const ARTICLE = '行政许可法 Art. 29';
const spec = deciderSpec(mandateDecider, {
  facts: {
    GrantMandate: ['agentRole', 'applicantRole', 'projectOf'],
    ConfirmMandate: ['competent'],
    RevokeMandate: ['competent'],
  },
});

const person = (name: string, role: string): Actor => ({ person: name, post: null, department: null, role });
const applicant = person('li', 'applicant');
const agent = person('qian', 'agent');
const staff = (name: string, role: string, department: string): Actor => ({
  person: name,
  post: '窗口',
  department,
  role,
});
const clerk = staff('wang', 'window', 'hall');
const colleague = staff('zhou', 'department-head', 'hall');
const stranger = staff('wu', 'window', 'water');

type Grant = Extract<CommandWithFacts<MandateCommand>, { type: 'GrantMandate' }>;

const grant = (over: Partial<Grant> = {}): CommandWithFacts<MandateCommand> => ({
  type: 'GrantMandate',
  id: 'm1',
  agent: 'qian',
  project: 'p1',
  lastDay: '2026-12-31',
  agentRole: 'agent',
  applicantRole: 'applicant',
  projectOf: 'li',
  meta: { actor: applicant, now: NOW, occurredAt: NOW },
  ...over,
});
const granted = (
  over: Partial<Extract<MandateEvent, { type: 'MandateGranted' }>['data']> = {},
): MandateEvent => ({
  type: 'MandateGranted',
  version: 1,
  data: {
    mandate: 'm1',
    agent: 'qian',
    applicant: 'li',
    project: 'p1',
    lastDay: '2026-12-31',
    until: UNTIL,
    note: null,
    ...over,
  },
});
const recorded = (note: string | null = '委托书第1号'): MandateEvent => ({
  type: 'MandateRecorded',
  version: 1,
  data: {
    mandate: 'm1',
    agent: 'qian',
    applicant: 'li',
    project: 'p1',
    lastDay: '2026-12-31',
    until: UNTIL,
    note,
    recordedBy: { person: 'wang', post: '窗口', department: 'hall' },
  },
});
const confirm = (
  actor: Actor,
  over: { now?: string; competent?: string | null } = {},
): CommandWithFacts<MandateCommand> => ({
  type: 'ConfirmMandate',
  id: 'm1',
  competent: over.competent === undefined ? 'hall' : over.competent,
  meta: { actor, now: over.now ?? NOW, occurredAt: over.now ?? NOW },
});
const confirmed = (by: 'applicant' | 'second-person'): MandateEvent => ({
  type: 'MandateConfirmed',
  version: 1,
  data: { mandate: 'm1', agent: 'qian', applicant: 'li', by },
});
const revoke = (actor: Actor, competent: string | null = 'hall'): CommandWithFacts<MandateCommand> => ({
  type: 'RevokeMandate',
  id: 'm1',
  reason: '更换代办员',
  competent,
  meta: { actor },
});
const revoked: MandateEvent = {
  type: 'MandateRevoked',
  version: 1,
  data: { mandate: 'm1', agent: 'qian', applicant: 'li', reason: '更换代办员' },
};

describe('a mandate', () => {
  test('D5 is given by the applicant at once, or written down by the window and not good yet', () => {
    spec.given().when(grant()).then(granted());
    const today = { lastDay: '2026-11-24', until: '2026-11-24T16:00:00.000Z' };
    spec
      .given()
      .when(grant({ lastDay: today.lastDay }))
      .then(granted(today));
    spec
      .given()
      .when(
        grant({ applicant: 'li', note: '委托书第1号', meta: { actor: clerk, now: NOW, occurredAt: NOW } }),
      )
      .then(recorded());
  });

  test('is refused once it exists, for others, between the wrong accounts, and until no day or a past one', () => {
    spec.given(granted()).when(grant()).refused('mandate.exists', { mandate: 'm1' }, ARTICLE, 'state');
    spec
      .given()
      .when(grant({ applicant: 'zhao' }))
      .refused('mandate.not-yours', { mandate: 'm1', person: 'li' }, ARTICLE, 'permission');
    spec
      .given()
      .when(grant({ agentRole: 'window' }))
      .refused('mandate.not-an-agent', { agent: 'qian' }, ARTICLE, 'input');
    spec
      .given()
      .when(grant({ applicantRole: null }))
      .refused('mandate.not-an-applicant', { applicant: 'li' }, ARTICLE, 'input');
    for (const projectOf of ['zhao', null]) {
      spec
        .given()
        .when(grant({ projectOf }))
        .refused('mandate.not-their-project', { project: 'p1', applicant: 'li' }, ARTICLE, 'input');
    }
    spec
      .given()
      .when(grant({ lastDay: '2026-02-30' }))
      .refused('mandate.not-a-day', { value: '2026-02-30' }, ARTICLE, 'input');
    spec
      .given()
      .when(grant({ lastDay: '2026-11-23' }))
      .refused('mandate.ends-in-the-past', { lastDay: '2026-11-23' }, ARTICLE, 'input');
  });

  test('D5 is made good by its applicant, or from the signed paper by a second person of the department', () => {
    spec.given(recorded()).when(confirm(applicant)).then(confirmed('applicant'));
    spec.given(recorded(null)).when(confirm(applicant)).then(confirmed('applicant'));
    spec.given(recorded()).when(confirm(colleague)).then(confirmed('second-person'));
    // Its business has gone over to another department since.
    spec
      .given(recorded())
      .when(confirm(stranger, { competent: 'water' }))
      .then(confirmed('second-person'));
    spec.given(recorded(), confirmed('applicant')).when(confirm(applicant)).nothing();
    spec.given(granted()).when(confirm(applicant)).nothing();
  });

  test('D5 is not confirmed by the person who recorded it, by strangers, without the paper, or too late', () => {
    const refused = (
      history: readonly MandateEvent[],
      command: CommandWithFacts<MandateCommand>,
      code: string,
      params: JsonObject,
      kind: ViolationKind,
    ) =>
      spec
        .given(...history)
        .when(command)
        .refused(code, { mandate: 'm1', ...params }, ARTICLE, kind);
    refused([recorded()], confirm(clerk), 'mandate.second-person', { person: 'wang' }, 'permission');
    for (const actor of [stranger, person('zhao', 'applicant')]) {
      refused([recorded()], confirm(actor), 'mandate.not-yours', { person: actor.person }, 'permission');
    }
    refused(
      [granted()],
      confirm(colleague, { competent: null }),
      'mandate.not-yours',
      { person: 'zhou' },
      'permission',
    );
    refused([recorded(null)], confirm(colleague), 'mandate.paper-missing', {}, 'state');
    refused(
      [recorded()],
      confirm(applicant, { now: UNTIL }),
      'mandate.expired',
      { lastDay: '2026-12-31' },
      'state',
    );
    refused([recorded(), revoked], confirm(applicant), 'mandate.revoked', {}, 'state');
    refused([], confirm(applicant), 'mandate.unknown', {}, 'absent');
  });

  test('D5 is ended by either side or the department that recorded it, once, and by no other', () => {
    for (const actor of [applicant, agent]) {
      spec.given(granted()).when(revoke(actor, null)).then(revoked);
      spec.given(recorded()).when(revoke(actor)).then(revoked);
    }
    for (const actor of [clerk, colleague]) spec.given(recorded()).when(revoke(actor)).then(revoked);
    for (const history of [[granted()], [recorded()]]) {
      spec
        .given(...history)
        .when(revoke(stranger, history[0]?.type === 'MandateGranted' ? null : 'hall'))
        .refused('mandate.not-yours', { mandate: 'm1', person: 'wu' }, ARTICLE, 'permission');
    }
    spec.given(granted(), revoked).when(revoke(applicant)).nothing();
    spec
      .given(granted())
      .when(revoke(person('zhao', 'applicant')))
      .refused('mandate.not-yours', { mandate: 'm1', person: 'zhao' }, ARTICLE, 'permission');
    spec.given().when(revoke(applicant)).refused('mandate.unknown', { mandate: 'm1' }, ARTICLE, 'absent');
  });
});

describe('acting under it', () => {
  const act = (
    history: readonly MandateEvent[],
    over: { actor?: Actor; now?: string; project?: string | null } = {},
  ) => {
    try {
      return principalOf(spec.given(...history).state, {
        mandate: 'm1',
        actor: agent,
        now: NOW,
        project: 'p1',
        ...over,
      });
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      return [error.code, error.kind, error.params];
    }
  };

  test('is acting for the applicant, to the last millisecond of its last day', () => {
    const principal = { person: 'li', post: null, department: null, role: 'applicant' };
    expect(act([granted()])).toEqual(principal);
    expect(act([granted()], { now: '2026-12-31T15:59:59.999Z' })).toEqual(principal);
    expect(act([granted()], { now: UNTIL })).toEqual([
      'mandate.expired',
      'permission',
      { mandate: 'm1', lastDay: '2026-12-31' },
    ]);
    expect(act([granted({ project: null })], { project: 'p2' })).toEqual(principal);
    expect(act([recorded(), confirmed('second-person')])).toEqual(principal);
    expect(act([granted({ project: null })], { project: null })).toEqual(principal);
  });

  test('is refused to others, in another project, after it was revoked, and without a mandate', () => {
    const notYours = (who: string) => ['mandate.not-yours', 'permission', { mandate: 'm1', person: who }];
    expect(act([])).toEqual(notYours('qian'));
    expect(act([granted()], { actor: person('sun', 'agent') })).toEqual(notYours('sun'));
    expect(act([granted()], { actor: person('qian', 'window') })).toEqual(notYours('qian'));
    expect(act([recorded()])).toEqual(['mandate.not-confirmed', 'permission', { mandate: 'm1' }]);
    expect(act([granted(), revoked])).toEqual(['mandate.revoked', 'permission', { mandate: 'm1' }]);
    for (const project of ['p2', null]) {
      expect(act([granted()], { project })).toEqual([
        'mandate.other-project',
        'permission',
        { mandate: 'm1', project: 'p1' },
      ]);
    }
  });
});

test('D5 what a window recorded before mandates had to be confirmed stays good, and its department may end it', () => {
  const old = asRecorded(stored(granted(), { metadata: { actor: clerk } }));
  expect(mandateDecider.evolve({ at: 'absent' }, old)).toEqual({
    at: 'granted',
    granted: granted().data,
    recordedBy: { person: 'wang', department: 'hall' },
  });
});

test('an event out of its order means a damaged log', () => {
  expect(() => spec.given(revoked)).toThrow('MandateRevoked before MandateGranted or MandateRecorded');
  expect(() => spec.given(granted(), granted())).toThrow('MandateGranted a second time');
});

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const source = readFileSync(new URL('mandate.rules.ts', import.meta.url), 'utf8');
  const used = new Set([...source.matchAll(/'(mandate\.[a-z-]+)'/g)].map(([, code]) => code));
  expect([...used].sort()).toEqual(Object.keys(MANDATE_MESSAGES).sort());
  const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const { zh, en } of Object.values(MANDATE_MESSAGES)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(parameters(zh)).toEqual(parameters(en));
  }
});
