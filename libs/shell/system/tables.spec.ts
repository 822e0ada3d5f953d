import 'reflect-metadata';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { dataFile } from '#libs/shell/seeding';
import { InvalidConfig } from './invalid-config.js';
import { readTables } from './tables.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhitong-tables-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('the files that are shipped are read, and their versions are in the tables', async () => {
  const { calendar, settings: policies, signals, sessions, requests } = await readTables();
  expect(calendar.version).toMatch(/^chinese-days@[\d.]+\+holidays-2024\+2026\.1\.[0-9a-f]{12}$/);
  expect(policies.version).toMatch(/^2026\.1\+2026\.1\+2026\.2\.[0-9a-f]{12}$/);
  expect(signals).toEqual({ idleWorkingDays: 10, backEntryWorkingDays: 5, rulingWorkingDays: 5 });
  expect(sessions).toEqual({ version: '2026.1', days: [1, 16], shift: 'next-working-day', agendaLimit: 100 });
  expect(requests).toEqual({ answerWithinWorkingDays: { normal: 5, urgent: 2, critical: 1 } });
});

test('a new notice in a file of one’s own changes days and version', async () => {
  const holidaysFile = write(
    'notice.yaml',
    "version: '2026.2'\ndays:\n  - { day: 2026-11-25, working: false, name: 停工, notice: 县政府 2026-8 }\n",
  );
  const { calendar } = await readTables({ holidaysFile, policiesDirectory: null });
  expect(calendar.kindOf('2026-11-25')).toEqual({
    working: false,
    reason: 'holiday',
    name: '停工',
    provisional: false,
  });
  expect(calendar.version).toContain('+2026.2.');
});

test('a file that cannot be used stops the start and names variable, file and field', async () => {
  const refusal = async (config: Parameters<typeof readTables>[0]) =>
    readTables(config).then(
      () => null,
      (error: unknown) => error,
    );
  const holidaysFile = write(
    'bad.yaml',
    'days:\n  - { day: 2026-02-30, working: false, name: x, notice: y }\n',
  );
  expect(await refusal({ holidaysFile, policiesDirectory: null })).toEqual(
    new InvalidConfig('HOLIDAYS_FILE', `${holidaysFile}: days[0].day: 2026-02-30 is not a day`),
  );
  write('escalation.yaml', "version: '1'\nladder: []\n");
  write('step-limits.yaml', "version: '1'\nsteps: []\n");
  write('joint-review.yaml', "version: '1'\ndays: [31]\n");
  write('signals.yaml', 'idleWorkingDays: 10\nbackEntryWorkingDays: 5\nrulingWorkingDays: 0\n');
  write('permits.yaml', "version: '1'\nrenewalNoticeDays: 45\nnoticeWorkingDays: 15\nuseWithin: []\n");
  write('requests.yaml', 'answerWithinWorkingDays: { normal: 5, urgent: 2, critical: 1 }\n');
  expect(await refusal({ holidaysFile: null, policiesDirectory: folder })).toEqual(
    new InvalidConfig(
      'POLICIES_DIR',
      `${folder}: escalation.yaml: ladder must name department-head, supervision, deputy-county-head, leading-group, in this order, each once, not []`,
    ),
  );
  copyFileSync(dataFile('policies', 'escalation.yaml'), join(folder, 'escalation.yaml'));
  expect(await refusal({ holidaysFile: null, policiesDirectory: folder })).toEqual(
    new InvalidConfig(
      'POLICIES_DIR',
      `${folder}: signals.yaml: rulingWorkingDays must be a whole number from 1 to 250, not 0`,
    ),
  );
  copyFileSync(dataFile('policies', 'signals.yaml'), join(folder, 'signals.yaml'));
  expect(await refusal({ holidaysFile: null, policiesDirectory: folder })).toEqual(
    new InvalidConfig(
      'POLICIES_DIR',
      `${folder}: joint-review.yaml: days must be days of the month from 1 to 28, ascending, at least one, not [31]; joint-review.yaml: shift is required; joint-review.yaml: agendaLimit is required`,
    ),
  );
  const absent = join(folder, 'absent.yaml');
  expect(await refusal({ holidaysFile: absent, policiesDirectory: null })).toMatchObject({
    message: expect.stringMatching(/^HOLIDAYS_FILE .*absent\.yaml: (Error: )?ENOENT/),
  });
  const broken = write('broken.yaml', 'days: [');
  expect(await refusal({ holidaysFile: broken, policiesDirectory: null })).toBeInstanceOf(InvalidConfig);
});
