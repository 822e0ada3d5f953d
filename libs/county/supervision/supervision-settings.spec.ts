import { expect, test } from '@jest/globals';
import { ESCALATION_LEVELS } from '#libs/county/approval';
import { stepLimit, supervisionSettings } from './supervision-settings.js';

const ladder = (...days: number[]) =>
  ESCALATION_LEVELS.map((level, index) => ({
    level,
    afterWorkingDays: days[index] ?? 0,
  }));
const escalation = { version: '1', ladder: ladder(0, 3, 3, 5) };
const permits = { version: '1', renewalNoticeDays: 45, noticeWorkingDays: 15, useWithin: [] };
const limits = { version: '1', steps: [{ step: 'review' as const, workingDays: 10 }] };

test('an edited file cannot keep the name of the old one', () => {
  const { version } = supervisionSettings(escalation, limits, permits);
  expect(
    supervisionSettings({ ...escalation, ladder: ladder(1, 3, 3, 5) }, limits, permits).version,
  ).not.toBe(version);
  expect(supervisionSettings(escalation, limits, { ...permits, noticeWorkingDays: 20 }).version).not.toBe(
    version,
  );
  expect(supervisionSettings({ ...escalation }, { ...limits }, { ...permits }).version).toBe(version);
});

test('a department’s own limit comes before the general one; without any the step is not watched', () => {
  const policies = supervisionSettings(
    escalation,
    {
      version: '1',
      steps: [...limits.steps, { step: 'review' as const, department: 'water', workingDays: 4 }],
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
