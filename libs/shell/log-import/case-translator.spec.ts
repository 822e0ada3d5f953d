import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { type CaseRow, readCaseRow } from './case-row.js';
import { CaseTranslator } from './case-translator.js';
import { openMappedLog } from './importer.js';
import { isBad, isNote } from './log-record.js';
import { type Mapping } from './mapping.js';
import { loadMapping, parseMapping } from './mapping-reader.js';
import { inCaseOrder } from './row-sorter.js';

const NOW = '2026-11-24T02:00:00.000Z';
const path = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const receipt = await loadMapping(path('data/mappings/receipt.yaml'));
const sample = await rowsOf(path('data/receipt.csv.gz'), receipt);

async function rowsOf(file: string, mapping: Mapping): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  for await (const line of (await openMappedLog(file, mapping)).lines()) {
    if (isNote(line)) continue;
    const row = isBad(line) ? line : readCaseRow(mapping, line, NOW);
    if (row === null) continue;
    if (isBad(row)) throw new Error(`line ${row.line}: ${row.reason}`);
    rows.push(row);
  }
  return rows;
}

function translate(rows: readonly CaseRow[], mapping: Mapping) {
  const [first] = [...rows].sort(inCaseOrder);
  if (!first) throw new Error('no rows');
  const translator = new CaseTranslator(mapping, first, () => NOW);
  const steps = [...rows].sort(inCaseOrder).map((row) => translator.next(row));
  return {
    commands: [...steps.flatMap(({ commands }) => commands), ...translator.finish().commands],
    bad: steps.flatMap(({ bad }) => (bad ? [bad] : [])),
  };
}

/** A command with everything in it that a digest or an event would see. */
const whole = ({ line, command }: ReturnType<typeof translate>['commands'][number]) => {
  const { meta, ...body } = command;
  return {
    line,
    type: command.type,
    at: meta.occurredAt,
    by: [meta.actor.role, meta.actor.person, meta.actor.department],
    as: meta.commandId,
    body: JSON.parse(JSON.stringify(body)),
  };
};

/** What matters of a command's order. */
const brief = ({ command }: ReturnType<typeof translate>['commands'][number]) =>
  [command.meta.occurredAt, command.type, command.meta.actor.person, command.meta.actor.department].join(' ');

function groupByCase(rows: readonly CaseRow[]): Map<string, CaseRow[]> {
  const groups = new Map<string, CaseRow[]>();
  for (const row of rows) groups.set(row.case, [...(groups.get(row.case) ?? []), row]);
  return groups;
}

const caseOf = (id: string): CaseRow[] => sample.filter((row) => row.case === id);

describe('CaseTranslator', () => {
  test('turns an open case into registration, submission and its steps', () => {
    const { commands, bad } = translate(caseOf('case-10011'), receipt);
    expect(bad).toEqual([]);
    const applicant = ['applicant', 'applicant', null];
    const id = 'case-10011-RC-01';
    expect(commands.map(whole)).toStrictEqual([
      {
        line: 2,
        type: 'RegisterProject',
        at: '2011-10-11T11:42:22.688Z',
        by: applicant,
        as: 'import/receipt/case-10011/registration',
        body: {
          id: 'case-10011',
          name: 'case-10011',
          template: 'receipt',
          region: 'NL',
          source: 'receipt:case-10011',
        },
      },
      {
        line: 2,
        type: 'SubmitApplication',
        at: '2011-10-11T11:42:22.688Z',
        by: applicant,
        as: 'import/receipt/case-10011/submission',
        body: { id, channel: 'Internet', promisedEnd: '2011-12-06T12:41:31.788Z' },
      },
      {
        line: 2,
        type: 'RecordStep',
        at: '2011-10-11T11:45:40.276Z',
        by: ['reviewer', 'Resource21', 'Group 1'],
        as: 'import/receipt/task-42933',
        body: { id, step: 'Confirmation of receipt', source: 'task-42933' },
      },
      {
        line: 3,
        type: 'RecordStep',
        at: '2011-10-12T06:26:25.398Z',
        by: ['reviewer', 'Resource10', 'Group 4'],
        as: 'import/receipt/task-42935',
        body: { id, step: 'T02 Check confirmation of receipt', source: 'task-42935' },
      },
      {
        line: 4,
        type: 'RecordStep',
        at: '2011-11-24T14:36:51.302Z',
        by: ['reviewer', 'Resource21', 'Group 1'],
        as: 'import/receipt/task-42957',
        body: { id, step: 'T03 Adjust confirmation of receipt', source: 'task-42957' },
      },
      {
        line: 5,
        type: 'RecordStep',
        at: '2011-11-24T14:37:16.553Z',
        by: ['reviewer', 'Resource21', 'Group 4'],
        as: 'import/receipt/task-47958',
        body: { id, step: 'T02 Check confirmation of receipt', source: 'task-47958' },
      },
    ]);
    expect(commands[2]?.command.meta).toStrictEqual({
      commandId: 'import/receipt/task-42933',
      actor: { person: 'Resource21', post: null, department: 'Group 1', role: 'reviewer' },
      onBehalfOf: null,
      occurredAt: '2011-10-11T11:45:40.276Z',
      now: NOW,
      correlationId: 'import/receipt',
      causationId: null,
      traceparent: null,
      expectedRevision: null,
    });
  });

  test('closes a case between the rows before its end and those after it', () => {
    expect(translate(caseOf('case-10164'), receipt).commands.map(brief)).toEqual([
      '2011-10-23T23:06:40.020Z RegisterProject applicant ',
      '2011-10-23T23:06:40.020Z SubmitApplication applicant ',
      '2011-10-27T09:02:53.821Z RecordStep Resource01 Group 1',
      '2011-10-27T09:18:08.789Z RecordStep Resource32 EMPTY',
      '2011-11-18T15:02:50.407Z CloseApplication Resource01 ',
      '2011-11-18T15:02:51.452Z RecordStep admin2 Group 1',
      '2011-11-18T15:02:52.082Z RecordStep admin2 EMPTY',
    ]);
  });

  test('submits at the first row of a case whose stated start is later', () => {
    const [register, submit, first] = translate(caseOf('case-4677'), receipt).commands.map(brief);
    expect([register, submit, first]).toEqual([
      '2010-12-10T10:23:33.213Z RegisterProject applicant ',
      '2010-12-10T10:23:33.213Z SubmitApplication applicant ',
      `2010-12-10T10:23:33.213Z RecordStep ${caseOf('case-4677')[0]?.person} ${caseOf('case-4677')[0]?.department}`,
    ]);
  });

  test('submits at the end of a case whose stated start is later still', () => {
    expect(translate(caseOf('case-10862'), receipt).commands.map(brief)).toEqual([
      '2011-12-11T23:00:00.010Z RegisterProject applicant ',
      '2011-12-11T23:00:00.010Z SubmitApplication applicant ',
      '2011-12-11T23:00:00.010Z CloseApplication admin3 ',
      '2011-12-15T10:53:12.667Z RecordStep admin2 EMPTY',
    ]);
  });

  test('gives every case of the sample its commands in the order of time', () => {
    const byCase = groupByCase(sample);
    const types: Record<string, number> = {};
    for (const rows of byCase.values()) {
      const { commands, bad } = translate(rows, receipt);
      expect(bad).toEqual([]);
      const times = commands.map(({ command }) => command.meta.occurredAt);
      expect(times).toEqual([...times].sort());
      for (const { command } of commands) types[command.type] = (types[command.type] ?? 0) + 1;
    }
    expect(types).toEqual({
      RegisterProject: 1434,
      SubmitApplication: 1434,
      RecordStep: 8577,
      CloseApplication: 1329,
    });
  });

  test('maps activities of another log to their commands', async () => {
    const mapping = await loadMapping(path('data/mappings/building-permits-xes.yaml'));
    const rows = await rowsOf(path('libs/shell/log-import/fixtures/building-permits.xes.gz'), mapping);
    const byCase = groupByCase(rows);
    const translated = [...byCase.values()].map((its) => translate(its, mapping));
    expect(translated.map(({ bad }) => bad)).toEqual([[], [], []]);
    expect(translated.map(({ commands }) => commands.map(brief))).toEqual([
      [
        '2024-03-01T00:30:00.000Z RegisterProject 水洞酒业 ',
        '2024-03-01T00:30:00.000Z SubmitApplication 水洞酒业 ',
        '2024-03-01T02:00:00.500Z AcceptApplication 李强 窗口',
        '2024-03-04T03:20:00.000Z RecordStep 赵敏 规划科',
        '2024-03-14T08:00:00.000Z ApproveApplication 孙立 规划科',
        '2024-03-20T01:00:00.000Z RecordStep unknown 收发室',
      ],
      [
        '2024-03-02T01:00:00.000Z RegisterProject 南甸粮库 ',
        '2024-03-02T01:00:00.000Z SubmitApplication 南甸粮库 ',
        '2024-03-02T01:30:00.000Z AcceptApplication 李强 窗口',
        '2024-03-06T02:00:00.000Z ReturnApplication 赵敏 规划科',
        '2024-03-11T06:00:00.000Z SubmitSupplement 南甸粮库 ',
        '2024-03-22T07:00:00.000Z CloseApplication 王芳 ',
        '2024-03-25T01:00:00.000Z RecordStep 钱进 档案室',
      ],
      [
        '2024-03-05T01:00:00.000Z RegisterProject 小市镇卫生院 ',
        '2024-03-05T01:00:00.000Z SubmitApplication 小市镇卫生院 ',
        '2024-03-05T01:10:00.000Z RecordStep 李强 窗口',
      ],
    ]);
    expect(whole(translated[1]!.commands[3]!).body).toStrictEqual({
      id: 'bp-2024-002-902f9dca4b-RC-01',
      reason: '缺日照分析',
      article: '行政许可法 Art. 32',
    });
    expect(whole(translated[0]!.commands[0]!).body).toMatchObject({
      id: 'bp-2024-001',
      name: '观音阁街道厂房 & 仓库',
      source: 'building-permits:2024-001',
    });
    expect(whole(translated[0]!.commands[1]!).body).toMatchObject({ channel: 'window' });
  });

  describe('of rows made by hand', () => {
    const mapping = parseMapping(
      `{ log: hand, columns: { case: c, activity: a, time: t, person: p, end: e, start: s },
         project: { template: receipt, matter: RC-01, region: '210521' },
         activities: { Refuse: { command: RefuseApplication, fields: { reason: r, article: { value: Art. 38 }, remedies: { value: none } } } } }`,
      'hand.yaml',
    );
    const row = (
      line: number,
      values: Partial<Record<'c' | 'a' | 't' | 'p' | 'e' | 's' | 'r', string>>,
    ): CaseRow => {
      const all = { c: 'C1', a: 'Look', t: '2024-01-02T00:00:00Z', p: 'Li', ...values };
      const read = readCaseRow(mapping, { line, values: new Map(Object.entries(all)) }, NOW);
      if (read === null || isBad(read)) throw new Error(JSON.stringify(read));
      return read;
    };

    test('rows without an id are known by what they say, counted when they say the same', () => {
      const { commands } = translate([row(2, {}), row(3, {}), row(4, { a: 'Read' }), row(5, {})], mapping);
      expect(commands.slice(2).map(({ command }) => command.meta.commandId)).toEqual([
        'import/hand/C1/Look@2024-01-02T00:00:00.000Z',
        'import/hand/C1/Look@2024-01-02T00:00:00.000Z#2',
        'import/hand/C1/Read@2024-01-02T00:00:00.000Z',
        'import/hand/C1/Look@2024-01-02T00:00:00.000Z#3',
      ]);
    });

    test('a row that contradicts the first one about the case is bad, and the others go on', () => {
      const end = '2024-01-03T00:00:00Z';
      const { commands, bad } = translate(
        [row(2, { e: end }), row(3, { e: '2024-01-09T00:00:00Z' }), row(4, { t: '2024-01-02T01:00:00Z' })],
        mapping,
      );
      expect(bad).toEqual([
        {
          line: 3,
          reason:
            'end 2024-01-09T00:00:00.000Z contradicts the first row of case C1 (line 2: 2024-01-03T00:00:00.000Z)',
        },
      ]);
      expect(commands.map(({ line, command }) => [line, command.type])).toEqual([
        [2, 'RegisterProject'],
        [2, 'SubmitApplication'],
        [2, 'RecordStep'],
        [4, 'RecordStep'],
        [4, 'CloseApplication'],
      ]);
    });

    test('a command without a required field makes only its row bad', () => {
      const { commands, bad } = translate(
        [row(2, { a: 'Refuse' }), row(3, { a: 'Refuse', r: 'too high', t: '2024-01-04T00:00:00Z' })],
        mapping,
      );
      expect(bad).toEqual([{ line: 2, reason: expect.stringContaining('reason') }]);
      expect(commands.map(({ line, command }) => [line, command.type])).toEqual([
        [2, 'RegisterProject'],
        [2, 'SubmitApplication'],
        [3, 'RefuseApplication'],
      ]);
    });

    test('what cannot be read is a bad row with its reason', () => {
      const read = (values: Record<string, string>) =>
        readCaseRow(mapping, { line: 7, values: new Map(Object.entries(values)) }, NOW);
      const all = { c: 'C1', a: 'Look', t: '2024-01-02T00:00:00Z', p: 'Li' };
      expect([
        read({ ...all, c: ' ' }),
        read({ ...all, t: '2024-02-30' }),
        read({ ...all, t: '2027-01-01T00:00:00Z' }),
        read({ ...all, p: '' }),
        read({ ...all, a: 'a\u0007b' }),
        read({ ...all, c: 'x'.repeat(201) }),
      ]).toEqual([
        { line: 7, reason: 'no case (column "c" is empty or absent)' },
        { line: 7, reason: 'time: "2024-02-30": there is no such day or time' },
        { line: 7, reason: 'time: 2027-01-01T00:00:00.000Z lies in the future' },
        { line: 7, reason: 'no person (column "p" is empty or absent)' },
        { line: 7, reason: 'activity must not contain control characters' },
        { line: 7, reason: 'case must be shorter than or equal to 200 characters' },
      ]);
    });

    test('T1 an odd name is a bad row, whatever its column', () => {
      const all = { c: 'C1', a: 'Look', t: '2024-01-02T00:00:00Z', p: 'Li' };
      const read = (values: Record<string, string>) =>
        readCaseRow(mapping, { line: 7, values: new Map(Object.entries({ ...all, ...values })) }, NOW);
      expect([
        read({ a: '\u200b' }),
        read({ a: 'a\ud800' }),
        read({ p: '\u3164' }),
        read({ p: '甲\u202e乙' }),
        read({ c: 'C\0' }),
      ]).toEqual([
        { line: 7, reason: 'activity should not be empty' },
        { line: 7, reason: 'activity must not contain half a surrogate pair' },
        { line: 7, reason: 'person should not be empty' },
        { line: 7, reason: 'person must not contain characters that change the order of the text' },
        { line: 7, reason: 'case must not contain control characters' },
      ]);
    });
  });
});
