import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { stepLimit, supervisionPolicies } from './supervision-policies.js';

const shipped = (file: string): unknown =>
  parse(readFileSync(new URL(`../../../data/policies/${file}`, import.meta.url), 'utf8'));

const ladder = (...days: number[]) =>
  ['department-head', 'supervision', 'deputy-county-head', 'leading-group'].map((level, index) => ({
    level,
    afterWorkingDays: days[index] ?? 0,
  }));
const escalation = { version: '1', ladder: ladder(0, 3, 3, 5) };
const permits = { version: '1', noticeWorkingDays: 15, useWithin: [] };
const limits = { version: '1', steps: [{ step: 'review', workingDays: 10 }] };

test('the files that are shipped are good', () => {
  expect(
    supervisionPolicies(shipped('escalation.yaml'), shipped('step-limits.yaml'), shipped('permits.yaml')),
  ).toEqual({
    version: expect.stringMatching(/^2026\.1\+2026\.1\+2026\.1\.[0-9a-f]{12}$/),
    ladder: ladder(0, 3, 3, 5),
    steps: [
      { step: 'acceptance', department: null, workingDays: 3 },
      { step: 'assignment', department: null, workingDays: 1 },
      { step: 'review', department: null, workingDays: 10 },
      { step: 'delivery', department: null, workingDays: 5 },
    ],
    permits: {
      noticeWorkingDays: 15,
      useWithin: [{ matter: 'SG-05', months: 3, article: '建筑法 Art. 9' }],
    },
  });
});

test('an edited file cannot keep the name of the old one', () => {
  const { version } = supervisionPolicies(escalation, limits, permits);
  expect(
    supervisionPolicies({ ...escalation, ladder: ladder(1, 3, 3, 5) }, limits, permits).version,
  ).not.toBe(version);
  expect(supervisionPolicies(escalation, limits, { ...permits, noticeWorkingDays: 20 }).version).not.toBe(
    version,
  );
  expect(supervisionPolicies({ ...escalation }, { ...limits }, { ...permits }).version).toBe(version);
});

test('a department’s own limit stands before the general one; without any the step is not watched', () => {
  const policies = supervisionPolicies(
    escalation,
    {
      version: '1',
      steps: [...limits.steps, { step: 'review', department: 'water', workingDays: 4 }],
    },
    permits,
  );
  expect([
    stepLimit(policies, 'review', 'water'),
    stepLimit(policies, 'review', 'forestry'),
    stepLimit(policies, 'review', null),
    stepLimit(policies, 'delivery', 'water'),
  ]).toEqual([4, 10, 10, null]);
});

describe('what is wrong is named', () => {
  const rung = { level: 'department-head', afterWorkingDays: 0 };
  test.each([
    ['escalation: a mapping is needed', [], limits],
    ['escalation: unknown field rungs', { ...escalation, rungs: [] }, limits],
    [
      'escalation.version: 1 to 40 letters, digits, dots or dashes are needed, as text',
      { ...escalation, version: 1 },
      limits,
    ],
    ['escalation.ladder: a list is needed', { version: '1' }, limits],
    ['escalation.ladder[0]: unknown field days', { version: '1', ladder: [{ ...rung, days: 1 }] }, limits],
    [
      'escalation.ladder[0].level: must be one of department-head, supervision, deputy-county-head, leading-group',
      { version: '1', ladder: [{ ...rung, level: 'mayor' }] },
      limits,
    ],
    [
      'escalation.ladder[0].afterWorkingDays: a whole number from 0 to 365 is needed',
      { version: '1', ladder: [{ ...rung, afterWorkingDays: -1 }] },
      limits,
    ],
    [
      'escalation.ladder: must name department-head, supervision, deputy-county-head, leading-group, in this order, each once',
      { version: '1', ladder: [rung] },
      limits,
    ],
    ['step-limits.steps: a list is needed', escalation, { version: '1', steps: null }],
    [
      'step-limits.steps[0].step: must be one of acceptance, assignment, review, delivery',
      escalation,
      { version: '1', steps: [{ step: 'lunch', workingDays: 1 }] },
    ],
    [
      'step-limits.steps[0].workingDays: a whole number from 0 to 365 is needed',
      escalation,
      { version: '1', steps: [{ step: 'review', workingDays: 1.5 }] },
    ],
    [
      'step-limits.steps[0].department: the id of a department is needed',
      escalation,
      { version: '1', steps: [{ step: 'review', workingDays: 1, department: '' }] },
    ],
    [
      'step-limits.steps[1]: this step has a limit already',
      escalation,
      { version: '1', steps: [...limits.steps, ...limits.steps] },
    ],
  ])('%s', (message, first, second) => {
    expect(() => supervisionPolicies(first, second, permits)).toThrow(new RangeError(message));
  });

  const use = { matter: 'SG-05', months: 3, article: '建筑法 Art. 9' };
  test.each([
    ['permits: a mapping is needed', null],
    [
      'permits.noticeWorkingDays: a whole number from 0 to 365 is needed',
      { ...permits, noticeWorkingDays: -1 },
    ],
    ['permits.useWithin: a list is needed', { ...permits, useWithin: {} }],
    [
      'permits.useWithin[0].matter: the code of a matter is needed',
      { ...permits, useWithin: [{ ...use, matter: '' }] },
    ],
    [
      'permits.useWithin[0].months: a whole number from 1 to 120 is needed',
      { ...permits, useWithin: [{ ...use, months: 0 }] },
    ],
    [
      'permits.useWithin[0].article: law and article are needed',
      { ...permits, useWithin: [{ ...use, article: 9 }] },
    ],
    ['permits.useWithin[1]: this matter has a term already', { ...permits, useWithin: [use, use] }],
  ])('%s', (message, third) => {
    expect(() => supervisionPolicies(escalation, limits, third)).toThrow(new RangeError(message));
  });
});
