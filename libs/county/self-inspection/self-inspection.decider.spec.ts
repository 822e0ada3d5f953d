import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { type CommandWithFacts, deciderSpec, head, leader } from '#libs/engine/event-sourcing-testing';
import { RuleViolation } from '#libs/engine/event-sourcing';
import { spanMustBeNew } from './self-inspection.rules.js';
import { type SelfInspectionCommand } from './self-inspection.commands.js';
import { selfInspectionDecider } from './self-inspection.decider.js';
import { type SelfInspectionEvent } from './self-inspection.events.js';
import { SELF_INSPECTION_MESSAGES } from './self-inspection.messages.js';

const spec = deciderSpec(selfInspectionDecider);
const ARTICLE = '政府督查工作条例 Art. 12(1)';
// 10:00 in China on Tuesday 24 November 2026.
const NOW = '2026-11-24T02:00:00.000Z';

const report = (over: object = {}): CommandWithFacts<SelfInspectionCommand> => ({
  type: 'ReportSelfInspection',
  id: 'nr-2026-11-a',
  from: '2026-11-01',
  to: '2026-11-15',
  figures: { returns: 2, done: 12, late: 0 },
  findings: '个别件未按时办结',
  meta: { actor: head, now: NOW, occurredAt: NOW },
  ...over,
});
const reported: SelfInspectionEvent = {
  type: 'SelfInspectionReported',
  version: 1,
  data: {
    report: 'nr-2026-11-a',
    department: 'natural-resources',
    from: '2026-11-01',
    to: '2026-11-15',
    figures: { done: 12, late: 0, returns: 2 },
    findings: '个别件未按时办结',
    measures: null,
  },
};

describe('a self-inspection', () => {
  test('is reported for the reporter’s department, with the claimed figures only', () => {
    spec.given().when(report()).then(reported);
    const yesterday = { from: '2026-11-23', to: '2026-11-23', measures: '每日调度' };
    spec
      .given()
      .when(report(yesterday))
      .then({ ...reported, data: { ...reported.data, ...yesterday } });
  });

  test('is refused a second time, without a department, over no span, a running one or a long one, and without a figure', () => {
    spec
      .given(reported)
      .when(report())
      .refused('self-inspection.exists', { report: 'nr-2026-11-a' }, ARTICLE, 'state');
    spec
      .given()
      .when(report({ meta: { actor: { ...leader, department: null }, now: NOW, occurredAt: NOW } }))
      .refused('self-inspection.no-department', { person: 'demo-leader' }, ARTICLE, 'permission');
    const refusals: readonly (readonly [object, string, object])[] = [
      [{ from: '2026-02-30' }, 'self-inspection.not-a-day', { value: '2026-02-30' }],
      [
        { from: '2026-11-16' },
        'self-inspection.ends-before-it-begins',
        { from: '2026-11-16', to: '2026-11-15' },
      ],
      [{ from: '2025-11-14' }, 'self-inspection.too-long', { days: 366 }],
      [{ to: '2026-11-24' }, 'self-inspection.not-over', { to: '2026-11-24' }],
      [{ figures: {} }, 'self-inspection.no-figures', {}],
    ];
    for (const [over, code, params] of refusals) {
      spec
        .given()
        .when(report(over))
        .refused(code, params as never, ARTICLE, 'input');
    }
    const year = { from: '2025-11-15' };
    spec
      .given()
      .when(report(year))
      .then({ ...reported, data: { ...reported.data, ...year } });
  });
});

test('T5 a span is reported on once by a department: the second is refused and names the first', () => {
  const { from, to } = reported.data;
  expect(() => spanMustBeNew('natural-resources', { from, to }, 'nr-2026-11-a')).toThrow(
    new RuleViolation(
      'self-inspection.span-reported',
      { department: 'natural-resources', from, to, first: 'nr-2026-11-a' },
      'state',
      ARTICLE,
    ),
  );
});

test('a second report in one stream means a damaged log', () => {
  expect(() => spec.given(reported, reported)).toThrow('SelfInspectionReported a second time');
});

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const source = ['rules', 'decider']
    .map((role) => readFileSync(new URL(`self-inspection.${role}.ts`, import.meta.url), 'utf8'))
    .join('');
  const used = new Set([...source.matchAll(/'(self-inspection\.[a-z-]+)'/g)].map(([, code]) => code));
  expect([...used].sort()).toEqual(Object.keys(SELF_INSPECTION_MESSAGES).sort());
  const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const { zh, en } of Object.values(SELF_INSPECTION_MESSAGES)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(parameters(zh)).toEqual(parameters(en));
  }
});
