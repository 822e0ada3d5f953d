import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { type Terms } from '../core/terms.js';
import { VARIABLE_RULES } from '../core/varied-rules.js';
import {
  accepted,
  applicant,
  at,
  CASE,
  commands,
  decider,
  head,
  ID,
  leader,
  NOW,
  opening,
  played,
  reviewer,
  submitted,
  TERMS,
  underReview,
} from '../testing/cases.js';
import { STATUTORY_RULES, type StatutoryRule } from './ways.events.js';

const spec = deciderSpec(decider);

describe('special handling (特事特办)', () => {
  test('varies a rule of the county’s own, and says why', () => {
    for (const rule of VARIABLE_RULES) {
      spec
        .given(...submitted())
        .when(commands.specialHandling({ rule }))
        .then({
          type: 'SpecialHandlingApproved',
          version: 1,
          data: { ...CASE, rule, reason: '防汛抢险，人手不足' },
        });
    }
  });

  test('varies no rule of a statute, and the refusal cites it', () => {
    const rules = Object.keys(STATUTORY_RULES) as StatutoryRule[];
    expect(rules).toContain('prerequisite');
    for (const rule of rules) {
      const { zh, article } = STATUTORY_RULES[rule];
      spec
        .given(...underReview())
        .when(commands.specialHandling({ rule }))
        .refused('application.rule-not-variable', { application: ID, rule, ruleZh: zh }, article, 'state');
    }
  });

  test('once for each rule', () => {
    const { events } = played(commands.submit(), commands.specialHandling());
    spec
      .given(...events)
      .when(commands.specialHandling())
      .refused(
        'application.rule-varied-already',
        { application: ID, rule: 'separate-decision' },
        null,
        'state',
      );
    spec
      .given(...events)
      .when(commands.specialHandling({ rule: 'await-opinions', reason: '工期' }))
      .then({
        type: 'SpecialHandlingApproved',
        version: 1,
        data: { ...CASE, rule: 'await-opinions', reason: '工期' },
      });
  });

  test('lets the reviewer decide where it joined the two, and still asks for what the law puts first', () => {
    const self = { actor: { ...reviewer, role: 'department-head' } };
    const ways = [commands.submit(), commands.accept(), commands.assign(), commands.specialHandling()];
    const { events } = played(...ways);
    const [approved] = played(...ways, commands.approve({ meta: self })).events.slice(-1);
    expect([approved?.type, approved?.metadata.actor.person]).toEqual([
      'ApplicationApproved',
      'demo-reviewer',
    ]);
    spec
      .given(...events)
      .when(commands.approve({ meta: self, missing: [{ application: 'p1-LX-07', matter: 'LX-07' }] }))
      .refused(
        'application.prerequisites-not-granted',
        { application: ID, missing: 'LX-07 (p1-LX-07)' },
        '城乡规划法 Art. 40',
        'state',
      );
  });

  test('is for those who lead the county or the campaign', () => {
    for (const actor of [applicant, head]) {
      for (const command of [
        commands.specialHandling({ meta: { actor } }),
        commands.fastTrack({ meta: { actor } }),
      ]) {
        spec
          .given(...submitted())
          .when(command)
          .refused(
            'application.not-a-grantor',
            { application: ID, person: actor.person },
            null,
            'permission',
          );
      }
    }
  });
});

describe('fast track (快速通道)', () => {
  test('shortens the promise and leaves the statutory term alone', () => {
    spec
      .given(...accepted())
      .when(commands.fastTrack({ meta: at(leader, '2026-11-25T02:00:00.000Z') }))
      .then({
        type: 'FastTrackGranted',
        version: 1,
        data: {
          ...CASE,
          ground: 'key-project',
          reason: '省重点项目',
          promisePercent: 50,
          promised: { days: 3, unit: 'working-day', start: 'acceptance' },
          // Accepted on Tuesday 24 November: three working days end with Friday, twenty with 22 December.
          due: {
            promised: '2026-11-27T16:00:00.000Z',
            statutory: '2026-12-22T16:00:00.000Z',
            yellow: '2026-11-26T16:00:00.000Z',
            provisional: false,
          },
        },
      });
  });

  test('before acceptance the shorter promise waits for it', () => {
    const { events } = played(commands.submit(), commands.fastTrack({ promisePercent: 20 }));
    spec
      .given(...events)
      .when(commands.accept())
      .then({
        type: 'ApplicationAccepted',
        version: 1,
        data: {
          ...CASE,
          receiptNumber: `SL20261124-${ID}`,
          note: null,
          due: {
            promised: '2026-11-25T16:00:00.000Z',
            statutory: '2026-12-22T16:00:00.000Z',
            yellow: '2026-11-24T16:00:00.000Z',
            provisional: false,
          },
          custody: {
            ended: {
              by: {
                party: 'department',
                department: 'natural-resources',
                post: '窗口',
                person: 'demo-window',
              },
              from: NOW,
              to: NOW,
            },
            holder: { party: 'department', department: 'natural-resources', post: null, person: null },
          },
        },
      });
  });

  test('without a shorter promise, a part of the statutory term is promised; without a term, nothing is', () => {
    const granted = (terms: Terms) => {
      const { events } = played(commands.submit({ opening: opening({ terms }) }), commands.fastTrack());
      return events.at(-1)?.data;
    };
    expect(granted({ ...TERMS, promised: null })).toMatchObject({
      promised: { days: 10, unit: 'working-day', start: 'acceptance' },
    });
    expect(granted({ statutory: null, promised: null, basis: null, verified: true })).toEqual({
      ...CASE,
      ground: 'key-project',
      reason: '省重点项目',
      promisePercent: 50,
      promised: null,
      due: { promised: null, statutory: null, yellow: null, provisional: false },
    });
  });

  test('7 is not for a key project that was not designated one', () => {
    spec
      .given(...submitted())
      .when(commands.fastTrack({ isKeyProject: false }))
      .refused('application.not-a-key-project', { application: ID, project: 'p1' }, null, 'state');
    expect(
      played(commands.submit(), commands.fastTrack({ ground: 'emergency', isKeyProject: false })).events.at(
        -1,
      )?.type,
    ).toBe('FastTrackGranted');
  });

  test('once', () => {
    spec
      .given(...played(commands.submit(), commands.fastTrack()).events)
      .when(commands.fastTrack())
      .refused('application.fast-track-already', { application: ID }, null, 'state');
  });
});
