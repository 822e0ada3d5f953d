import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  readEscalation,
  readOfficeHours,
  readPermits,
  readRequests,
  readSessions,
  readSignals,
  readStepLimits,
} from './policy-files.js';

const shipped = (file: string): unknown =>
  parse(readFileSync(new URL(`../../../data/policies/${file}`, import.meta.url), 'utf8'));
const plain = (settings: object): unknown => JSON.parse(JSON.stringify(settings));

function faultOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return 'none';
}

test('the files that are shipped are good', () => {
  const read = [
    readEscalation(shipped('escalation.yaml')),
    readStepLimits(shipped('step-limits.yaml')),
    readPermits(shipped('permits.yaml')),
    readSignals(shipped('signals.yaml')),
    readSessions(shipped('joint-review.yaml')),
    readRequests(shipped('requests.yaml')),
    readOfficeHours(shipped('office-hours.yaml')),
  ];
  expect(read.map(plain)).toEqual([
    {
      version: '2026.1',
      ladder: [
        { level: 'department-head', afterWorkingDays: 0 },
        { level: 'supervision', afterWorkingDays: 3 },
        { level: 'deputy-county-head', afterWorkingDays: 3 },
        { level: 'leading-group', afterWorkingDays: 5 },
      ],
    },
    {
      version: '2026.1',
      steps: [
        { step: 'acceptance', workingDays: 3 },
        { step: 'assignment', workingDays: 1 },
        { step: 'review', workingDays: 10 },
        { step: 'delivery', workingDays: 5 },
      ],
    },
    {
      version: '2026.2',
      renewalNoticeDays: 45,
      noticeWorkingDays: 15,
      useWithin: [{ matter: 'SG-05', months: 3, article: '建筑法 Art. 9' }],
    },
    { idleWorkingDays: 10, backEntryWorkingDays: 5, rulingWorkingDays: 5 },
    { version: '2026.1', days: [1, 16], shift: 'next-working-day', agendaLimit: 100 },
    { answerWithinWorkingDays: { normal: 5, urgent: 2, critical: 1 } },
    {
      version: '2026.1',
      sessions: [
        { from: '08:30', to: '12:00' },
        { from: '13:00', to: '17:30' },
      ],
      departments: [],
    },
  ]);
});

describe('what is wrong is named with file, field and value', () => {
  const levels = ['department-head', 'supervision', 'deputy-county-head', 'leading-group'];
  const ladder = levels.map((level) => ({ level, afterWorkingDays: 3 }));
  const [head, ...above] = ladder;
  const inOrder = `escalation.yaml: ladder must name ${levels.join(', ')}, in this order, each once`;
  test.each<[unknown, string]>([
    [null, 'escalation.yaml: must be a mapping of fields, not null'],
    [[], 'escalation.yaml: must be a mapping of fields, not []'],
    [{ version: '1', ladder, rungs: 4 }, 'escalation.yaml: rungs is not a field of this file, not 4'],
    [
      { version: 1, ladder },
      'escalation.yaml: version must be 1 to 40 letters, digits, dots or dashes, in quotes, not 1',
    ],
    [{ version: '1' }, 'escalation.yaml: ladder is required'],
    [{ version: '1', ladder: 3 }, 'escalation.yaml: ladder must be an array, not 3'],
    [{ version: '1', ladder: [] }, `${inOrder}, not []`],
    [{ version: '1', ladder: [...above, head] }, inOrder],
    [
      { version: '1', ladder: [{ level: 'department-head', afterWorkingDays: -1 }, ...above] },
      'escalation.yaml: ladder[0].afterWorkingDays must be a whole number from 0 to 365, not -1',
    ],
  ])('escalation %j', (content, message) => {
    expect(faultOf(() => readEscalation(content))).toBe(message);
  });

  const limit = { step: 'review', workingDays: 10 };
  test.each<[object, string]>([
    [
      { step: 'lunch', workingDays: 1.5 },
      'step-limits.yaml: steps[1].step must be one of the following values: acceptance, assignment, review, delivery, not "lunch"; ' +
        'step-limits.yaml: steps[1].workingDays must be a whole number from 0 to 365, not 1.5',
    ],
    [
      { ...limit, step: 'delivery', department: '' },
      'step-limits.yaml: steps[1].department should not be empty, not ""',
    ],
    [limit, 'step-limits.yaml: steps must not contain duplicates'],
  ])('step limit %j', (entry, message) => {
    expect(faultOf(() => readStepLimits({ version: '1', steps: [limit, entry] }))).toBe(message);
  });

  const use = { matter: 'SG-05', months: 3, article: '建筑法 Art. 9' };
  test.each<[object, string]>([
    [
      { noticeWorkingDays: -1 },
      'permits.yaml: noticeWorkingDays must be a whole number from 0 to 365, not -1',
    ],
    [{ useWithin: {} }, 'permits.yaml: useWithin must be an array, not {}'],
    [
      { useWithin: [{ ...use, matter: ' ' }] },
      'permits.yaml: useWithin[0].matter should not be empty, not " "',
    ],
    [
      { useWithin: [{ ...use, months: 0 }] },
      'permits.yaml: useWithin[0].months must be a whole number from 1 to 120, not 0',
    ],
    [{ useWithin: [{ ...use, article: 9 }] }, 'permits.yaml: useWithin[0].article must be a string, not 9'],
    [{ useWithin: [use, use] }, 'permits.yaml: useWithin must not contain duplicates'],
  ])('permits %j', (change, message) => {
    const permits = { version: '1', renewalNoticeDays: 45, noticeWorkingDays: 15, useWithin: [], ...change };
    expect(faultOf(() => readPermits(permits))).toBe(message);
  });

  const schedule = { version: '1', days: [1, 16], shift: 'next-working-day', agendaLimit: 100 };
  const DAYS = 'joint-review.yaml: days must be days of the month from 1 to 28, ascending, at least one';
  test.each<[object, string]>([
    [{ days: [] }, `${DAYS}, not []`],
    [{ days: [0] }, `${DAYS}, not [0]`],
    [{ days: [29] }, `${DAYS}, not [29]`],
    [{ days: [16, 1] }, `${DAYS}, not [16,1]`],
    [{ days: [1, 1] }, `${DAYS}, not [1,1]`],
    [{ days: ['1'] }, `${DAYS}, not ["1"]`],
    [{ days: 1 }, 'joint-review.yaml: days must be an array, not 1'],
    [
      { shift: 'none' },
      'joint-review.yaml: shift must be one of the following values: next-working-day, previous-working-day, not "none"',
    ],
    [{ agendaLimit: 201 }, 'joint-review.yaml: agendaLimit must be a whole number from 1 to 200, not 201'],
  ])('sessions %j', (change, message) => {
    expect(faultOf(() => readSessions({ ...schedule, ...change }))).toBe(message);
  });

  const IN_ORDER = 'must be times of a day (HH:MM) that follow each other';
  const [morning, noon] = [
    { from: '08:30', to: '12:00' },
    { from: '11:00', to: '17:30' },
  ];
  test.each<[object, string]>([
    [{ sessions: [], departments: [{ department: 'water', sessions: [morning] }] }, 'none'],
    [{ sessions: [morning, noon] }, `office-hours.yaml: sessions ${IN_ORDER}`],
    [
      { sessions: [{ from: '8:30', to: '12:00' }] },
      `office-hours.yaml: sessions ${IN_ORDER}, not [{"from":"8:30","to":"12:00"}]`,
    ],
    [
      { sessions: [{ from: '12:00', to: '08:30' }] },
      `office-hours.yaml: sessions ${IN_ORDER}, not [{"from":"12:00","to":"08:30"}]`,
    ],
    [{ departments: [{ department: 'water' }] }, 'office-hours.yaml: departments[0].sessions is required'],
  ])('office hours %j', (change, message) => {
    const hours = { version: '1', sessions: [morning], departments: [], ...change };
    expect(faultOf(() => readOfficeHours(hours))).toBe(message);
  });

  test('signals and requests', () => {
    expect(faultOf(() => readSignals({ idleWorkingDays: 'ten', backEntryWorkingDays: 251 }))).toBe(
      'signals.yaml: idleWorkingDays must be a whole number from 1 to 250, not "ten"; ' +
        'signals.yaml: backEntryWorkingDays must be a whole number from 1 to 250, not 251; ' +
        'signals.yaml: rulingWorkingDays is required',
    );
    expect(faultOf(() => readRequests({ answerWithinWorkingDays: { normal: 0, urgent: 2, idle: 9 } }))).toBe(
      'requests.yaml: answerWithinWorkingDays.idle is not a field of this file, not 9; ' +
        'requests.yaml: answerWithinWorkingDays.normal must be a whole number from 1 to 60, not 0; ' +
        'requests.yaml: answerWithinWorkingDays.critical is required',
    );
  });
});
