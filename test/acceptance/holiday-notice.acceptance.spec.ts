import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { TimedServer } from './timed-server.js';

/** The notice of 2027 as the row of the fault has it: New Year off until the third, Saturday 9 January worked. */
const NOTICE = `version: '2027.1'
knownUntil: 2027-12-31
days:
  - { day: 2027-01-01, working: false, name: 元旦, notice: x }
  - { day: 2027-01-02, working: false, name: 元旦, notice: x }
  - { day: 2027-01-03, working: false, name: 元旦, notice: x }
  - { day: 2027-01-09, working: true, name: 元旦, notice: x }
`;

/** Five working days after 28 December: 29, 30, 31, then 4 and 5 January; the ladder after 0, 3, 3 and 5 more. */
const ONCE_EACH = [
  ['ApplicationWarned', 'assignment', '2026-12-29T16:00:00.000Z'],
  ['ApplicationWarned', null, '2027-01-04T16:00:00.000Z'],
  ['ApplicationEscalated', 'department-head', '2027-01-05T16:00:00.000Z'],
  ['ApplicationEscalated', 'supervision', '2027-01-08T16:00:00.000Z'],
  ['ApplicationEscalated', 'deputy-county-head', '2027-01-12T16:00:00.000Z'],
  ['ApplicationEscalated', 'leading-group', '2027-01-19T16:00:00.000Z'],
];

test('F12 a holiday notice entered after due dates were stored: warned and escalated once each, at the dates of the calendar', async () => {
  const county = await TimedServer.begin('2026-12-28T01:00:00.000Z');
  try {
    await county.done('/projects', 'demo-applicant', { id: 'mill', name: '水磨', template: 'small' });
    await county.done('/applications/mill-LX-06/submission', 'demo-applicant', { materials: ['总平面图'] });
    await county.done('/applications/mill-LX-06/acceptance', 'demo-window');
    const file = join(county.directory, 'holidays.yaml');
    writeFileSync(file, NOTICE);
    await county.restart({ HOLIDAYS_FILE: file }, '2026-12-30T01:00:00.000Z');
    await county.tick('2026-12-30T01:00:00.000Z');
    await county.restart({ HOLIDAYS_FILE: file }, '2027-01-22T01:00:00.000Z');
    await county.tick('2027-01-22T01:00:00.000Z');
    await county.tick('2027-01-22T02:00:00.000Z');
    const path = '/applications/mill-LX-06/timeline?limit=100';
    const { body } = await county.server.get(path, 'demo-supervisor');
    const byTime = (body['items'] as Body[])
      .filter(({ type }) => type === 'ApplicationWarned' || type === 'ApplicationEscalated')
      .map((item) => [item['type'], item['level'] ?? item['step'] ?? null, item['occurredAt']])
      .sort(([, , a], [, , b]) => (String(a) < String(b) ? -1 : 1));
    expect(byTime).toEqual(ONCE_EACH);
  } finally {
    await county.close();
  }
});
