import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { type Actor, RuleViolation } from '#libs/event-sourcing';
import { type BareCommand, deciderSpec } from '#libs/event-sourcing-testing';
import { type MandateCommand } from './mandate.commands.js';
import { mandateDecider } from './mandate.decider.js';
import { type MandateEvent } from './mandate.events.js';
import { MANDATE_MESSAGES } from './mandate.messages.js';
import { principalOf } from './mandate.rules.js';

// 10:00 in China on Tuesday 24 November 2026.
const NOW = '2026-11-24T02:00:00.000Z';
const UNTIL = '2026-12-31T16:00:00.000Z';
const ARTICLE = '行政许可法 Art. 29';
const spec = deciderSpec(mandateDecider);

const person = (name: string, role: string): Actor => ({ person: name, post: null, department: null, role });
const applicant = person('li', 'applicant');
const agent = person('qian', 'agent');
const clerk = person('wang', 'window');

type Grant = Extract<BareCommand<MandateCommand>, { type: 'GrantMandate' }>;

const grant = (over: Partial<Grant> = {}): BareCommand<MandateCommand> => ({
  type: 'GrantMandate',
  id: 'm1',
  agent: 'qian',
  project: 'p1',
  lastDay: '2026-12-31',
  agentRole: 'agent',
  applicantRole: 'applicant',
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
const revoke = (actor: Actor): BareCommand<MandateCommand> => ({
  type: 'RevokeMandate',
  id: 'm1',
  reason: '更换代办员',
  meta: { actor },
});
const revoked: MandateEvent = {
  type: 'MandateRevoked',
  version: 1,
  data: { mandate: 'm1', agent: 'qian', applicant: 'li', reason: '更换代办员' },
};

describe('a mandate', () => {
  test('is given by the applicant for themselves, or written down by the window for whom it names', () => {
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
      .then(granted({ note: '委托书第1号' }));
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
    spec
      .given()
      .when(grant({ lastDay: '2026-02-30' }))
      .refused('mandate.not-a-day', { value: '2026-02-30' }, ARTICLE, 'input');
    spec
      .given()
      .when(grant({ lastDay: '2026-11-23' }))
      .refused('mandate.ends-in-the-past', { lastDay: '2026-11-23' }, ARTICLE, 'input');
  });

  test('is ended by either side or the window, once', () => {
    for (const actor of [applicant, agent, clerk]) spec.given(granted()).when(revoke(actor)).then(revoked);
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
    expect(act([granted({ project: null })], { project: null })).toEqual(principal);
  });

  test('is refused to others, in another project, after it was revoked, and where there is none', () => {
    const notYours = (who: string) => ['mandate.not-yours', 'permission', { mandate: 'm1', person: who }];
    expect(act([])).toEqual(notYours('qian'));
    expect(act([granted()], { actor: person('sun', 'agent') })).toEqual(notYours('sun'));
    expect(act([granted()], { actor: person('qian', 'window') })).toEqual(notYours('qian'));
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

test('an event out of its order means a damaged log', () => {
  expect(() => spec.given(revoked)).toThrow('MandateRevoked before MandateGranted');
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
