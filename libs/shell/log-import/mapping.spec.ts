import { describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { columnsOf, MappingError } from './mapping.js';
import { loadMapping, parseMapping } from './mapping-reader.js';

const MINIMAL = `log: small
columns:
  case: id
  activity: what
  time: when
  person: { value: clerk }
project: { template: receipt, matter: RC-01, region: '210521' }
`;

function problems(text: string): readonly unknown[] {
  try {
    parseMapping(text, 'm.yaml');
  } catch (error) {
    if (error instanceof MappingError)
      return error.problems.map(({ line, field, reason }) => [line, field, reason]);
    throw error;
  }
  throw new Error('no problem was found');
}

describe('parseMapping', () => {
  test('fills in what is optional', () => {
    const column = (name: string) => ({ column: name, otherwise: null });
    expect(parseMapping(MINIMAL, 'm.yaml')).toStrictEqual({
      log: 'small',
      format: 'auto',
      encoding: null,
      delimiter: ',',
      timeZone: 'Asia/Shanghai',
      columns: {
        case: column('id'),
        activity: column('what'),
        time: column('when'),
        row: null,
        department: null,
        person: { column: null, otherwise: 'clerk' },
        start: null,
        end: null,
        plannedEnd: null,
        responsible: null,
        channel: null,
        applicant: { column: null, otherwise: 'applicant' },
        name: null,
        begun: null,
        lifecycle: null,
      },
      dates: [],
      findings: false,
      project: { template: 'receipt', matter: 'RC-01', region: '210521', prefix: '' },
      outcome: 'completed',
      only: {},
      departments: {},
      doubledHour: 'first',
      header: 1,
      lastRowIsEnd: false,
      timeFormat: ['iso'],
      increment: false,
      activities: {},
    });
  });

  test('names every problem with its line and field', () => {
    const text = `log: My Log
format: pdf
timeZone: Mars/Olympus
encoding: klingon
delimiter: ;;
columns:
  case: id
  activty: what
  time: { column: when, value: now }
  person: 17
project:
  template: receipt
  region: 210521
only:
  status: [1, 2]
activities:
  Grant: GrantIt
  Refuse: { command: RefuseApplication, feilds: {} }
`;
    const commands =
      'SubmitSupplement, AcceptApplication, RefuseAcceptance, RecordStep, SendBackApplication, ReturnApplication, ' +
      'ApproveApplication, RefuseApplication, WithdrawApplication, DeliverDecision, CloseApplication';
    expect(problems(text)).toEqual([
      [
        8,
        'columns.activty',
        expect.stringMatching(/^is no key of a mapping; keys here: case, activity, time, /),
      ],
      [7, 'columns.activity', 'is missing'],
      [9, 'columns.time', 'needs either column (and otherwise) or value'],
      [10, 'columns.person', 'must be a text (put it in quotes)'],
      [2, 'format', '"pdf" is none of csv, xes, xlsx, auto'],
      [1, 'log', '"My Log" cannot stand here (small letters, digits and -, at most 50)'],
      [4, 'encoding', '"klingon" is not known here (utf-8, gb18030, gbk, latin1 are)'],
      [5, 'delimiter', '";;" cannot stand here (one character)'],
      [3, 'timeZone', '"Mars/Olympus" is neither an IANA time zone nor an offset like +08:00'],
      [12, 'project.matter', 'is missing'],
      [13, 'project.region', 'must be a text (put it in quotes)'],
      [15, 'only.status', 'needs texts'],
      [17, 'activities.Grant', `"GrantIt" is none of ${commands}`],
      [18, 'activities.Refuse.feilds', 'is no key of a mapping; keys here: command, fields'],
    ]);
  });

  test('an empty file lacks everything', () => {
    expect(problems('').map((problem) => (problem as string[])[1])).toEqual([
      'columns.case',
      'columns.activity',
      'columns.time',
      'columns.person',
      'log',
      'project.template',
      'project.matter',
      'project.region',
    ]);
  });

  test('says where the YAML is broken', () => {
    expect(problems('log: a\ncolumns: {\n')).toEqual([[3, '(yaml)', expect.stringContaining('Flow map')]]);
    expect(problems('log: a\nlog: b\n')).toEqual([[2, '(yaml)', expect.stringContaining('unique')]]);
  });

  test('the message gives file, line and field, one problem a line', () => {
    expect(() => parseMapping(MINIMAL.replace('RC-01', ''), 'm.yaml')).toThrow(
      'm.yaml:7: project.matter: is missing',
    );
  });

  test('a file that is not there is a MappingError', async () => {
    await expect(loadMapping('/nowhere/m.yaml')).rejects.toBeInstanceOf(MappingError);
  });

  test('the mappings of this repository are good, and name the columns they need', async () => {
    const of = async (name: string) =>
      columnsOf(await loadMapping(fileURLToPath(new URL(`../../../data/mappings/${name}`, import.meta.url))));
    expect(await of('receipt.yaml')).toEqual([
      'case:concept:name',
      'concept:name',
      'time:timestamp',
      'concept:instance',
      'org:group',
      'org:resource',
      'case:startdate',
      'case:enddate',
      'case:enddate_planned',
      'case:responsible',
      'case:channel',
      'lifecycle:transition',
    ]);
    expect(await of('building-permits-xes.yaml')).toContain('step:permit');
  });
});
