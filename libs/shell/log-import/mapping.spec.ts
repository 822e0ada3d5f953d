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
    const NAME = 'must be a text that shows something (put numbers in quotes)';
    expect(problems(text)).toEqual([
      [1, 'log', 'must be small letters, digits and -, at most 50, not "My Log"'],
      [2, 'format', 'must be one of the following values: csv, xes, xlsx, auto, not "pdf"'],
      [3, 'timeZone', 'must be an IANA time zone or an offset like +08:00, not "Mars/Olympus"'],
      [4, 'encoding', 'is not known here (utf-8, gb18030, gbk, latin1 are), not "klingon"'],
      [5, 'delimiter', 'must be one character, not ";;"'],
      [7, 'columns.activity', 'is required'],
      [8, 'columns.activty', 'is not a field of this file, not {"column":"what"}'],
      [
        9,
        'columns.time',
        'needs either column (and otherwise) or value, not {"column":"when","value":"now"}',
      ],
      [10, 'columns.person', `${NAME}, not 17`],
      [12, 'project.matter', 'is required'],
      [
        13,
        'project.region',
        'must be a 行政区划代码: 6 or 12 digits in quotes, or the two letters of a country (ISO 3166-1), not 210521',
      ],
      [15, 'only.status', 'element 1 must be a text (put numbers in quotes), not [1,2]'],
      [17, 'activities.Grant', `must be one of the following values: ${commands}, not "GrantIt"`],
      [18, 'activities.Refuse.feilds', 'is not a field of this file, not {}'],
    ]);
  });

  test('an empty file lacks everything', () => {
    expect(problems('').map((problem) => (problem as string[])[1])).toEqual([
      'columns.activity',
      'columns.time',
      'columns.case',
      'columns.person',
      'log',
      'project.template',
      'project.matter',
      'project.region',
    ]);
  });

  test.each([
    ['a list', '[]', [[1, '(mapping)', 'the body must be a JSON object, not []']]],
    [
      'lists where keys are chosen',
      `${MINIMAL}activities: []\ndepartments: [a]\n`,
      [
        [8, 'activities', 'must be a mapping of keys and values, not {}'],
        [9, 'departments', 'must be a mapping of keys and values, not {}'],
      ],
    ],
    [
      'a column of the row next to dates',
      `${MINIMAL}dates: { DECIDED_ON: { activity: decision, persn: BY } }\n`,
      [
        [4, 'columns.activity', 'cannot stand with dates, not {"column":"what"}'],
        [5, 'columns.time', 'cannot stand with dates, not {"column":"when"}'],
        [8, 'dates.DECIDED_ON.persn', 'is not a field of this file, not {"column":"BY"}'],
      ],
    ],
    [
      'fields of a command',
      `${MINIMAL}activities:\n  Refuse: { command: RefuseApplication, fields: { reason: 3, article: { otherwise: x } } }\n`,
      [
        [
          9,
          'activities.Refuse.fields.reason',
          'must be a text that shows something (put numbers in quotes), not 3',
        ],
        [
          9,
          'activities.Refuse.fields.article',
          'needs either column (and otherwise) or value, not {"otherwise":"x"}',
        ],
      ],
    ],
    ['an alias that names nothing', 'log: *a\n', [[1, '(yaml)', expect.stringContaining('a')]]],
  ])('names what is wrong: %s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('says where the YAML is broken', () => {
    expect(problems('log: a\ncolumns: {\n')).toEqual([[3, '(yaml)', expect.stringContaining('Flow map')]]);
    expect(problems('log: a\nlog: b\n')).toEqual([[2, '(yaml)', expect.stringContaining('unique')]]);
  });

  test('the message gives file, line and field, one problem a line', () => {
    expect(() => parseMapping(MINIMAL.replace('RC-01', ''), 'm.yaml')).toThrow(
      'm.yaml:7: project.matter: must be a text that shows something (put numbers in quotes), not null',
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
