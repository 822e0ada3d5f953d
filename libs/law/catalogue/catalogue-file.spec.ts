import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { withMeta } from '#libs/engine/event-sourcing-testing';
import { CatalogueFileError, parseDepartments, parseMatters, parseTemplates } from './catalogue-file.js';
import { type TemplateCommand } from './catalogue.commands.js';
import { templateDecider } from './template.decider.js';

const data = new URL('../../../data/', import.meta.url);
const readAll = <T>(folder: string, parse: (file: string, text: string) => readonly T[]): readonly T[] =>
  readdirSync(new URL(folder, data))
    .sort()
    .flatMap((name) => parse(name, readFileSync(new URL(`${folder}${name}`, data), 'utf8')));

const matters = readAll('catalogue/', parseMatters).flatMap(({ versions }) =>
  versions.slice(-1).map(({ matter }) => matter),
);
const templates = readAll('templates/', parseTemplates);
const departments = parseDepartments(
  'departments.yaml',
  readFileSync(new URL('departments.yaml', data), 'utf8'),
);

describe('the catalogue of this repository', () => {
  test('it has the 57 matters of the four stages, six utility services and the receipt phase', () => {
    const counted: Record<string, number> = {};
    for (const { code } of matters) counted[code.slice(0, 2)] = (counted[code.slice(0, 2)] ?? 0) + 1;
    expect(counted).toEqual({ RC: 1, LX: 24, GC: 7, SG: 15, JG: 11, SF: 6 });
    expect(new Set(matters.map(({ code }) => code)).size).toBe(64);
  });

  test('limits of the four well-known matters are as the law writes them', () => {
    const statutory = Object.fromEntries(matters.map((matter) => [matter.code, matter.statutory]));
    expect(statutory).toMatchObject({
      'LX-13': { days: 60, unit: 'calendar-day', start: 'receipt' },
      'LX-14': { days: 30, unit: 'calendar-day', start: 'receipt' },
      'SG-05': { days: 7, unit: 'calendar-day', start: 'receipt' },
      'GC-02': { days: 20, unit: 'working-day', start: 'acceptance' },
      'JG-06': null,
      'RC-01': null,
    });
  });

  test('A2 A17 A19 limits that a law sets for one matter are on record', () => {
    const of = (code: string) => matters.find((matter) => matter.code === code)?.statutory;
    // 行政许可法 Art. 43, 气象局令37号 Art. 11, 地震安全性评价管理条例 Art. 11.
    expect(of('LX-09')).toEqual({ days: 20, unit: 'working-day', start: 'acceptance' });
    expect(of('SG-12')).toEqual({ days: 10, unit: 'working-day', start: 'acceptance' });
    expect(of('LX-21')).toMatchObject({ days: 15, unit: 'calendar-day', start: 'receipt' });
    // 优化营商环境条例 Art. 42 gives none, and joint acceptance is not a licence.
    expect(of('JG-10')).toBeNull();
  });

  test.each([
    ['A13', 'JG-04', [['建设工程质量管理条例', 'Art. 49', true]]],
    ['A14', 'GC-06', [['人民防空法', '未核实', false]]],
    ['A16', 'LX-20', [['文物保护法', 'Art. 28, 29, 43', true]]],
    ['A18', 'LX-22', [['矿产资源法', 'Art. 32', true]]],
    ['A19', 'LX-09', [['土地管理法实施条例', 'Art. 23, 24', true]]],
    ['A20', 'LX-12', [['固定资产投资项目节能审查和碳排放评价办法（发展改革委令31号）', '未核实', false]]],
    ['A21', 'SG-11', [['固体废物污染环境防治法', 'Art. 63', true]]],
    ['A21', 'SG-15', [['城市建筑垃圾管理规定', '未核实', false]]],
    ['A22', 'LX-11', [['土地管理法实施条例', 'Art. 20', true]]],
    ['A15', 'JG-02', [['建设工程消防设计审查验收管理暂行规定（住房和城乡建设部令51号）', '未核实', false]]],
    ['A15', 'SG-14', [['城市商品房预售管理办法', '未核实', false]]],
    ['A15', 'SG-01', [['房屋建筑和市政基础设施工程施工图设计文件审查管理办法', '未核实', false]]],
  ] as const)('%s %s rests on the text that speaks of it', (_row, code, bases) => {
    const basis = matters.find((matter) => matter.code === code)?.legalBasis ?? [];
    expect(basis.map(({ law, article, verified }) => [law, article, verified])).toEqual(
      expect.arrayContaining(bases.map((one) => [...one])),
    );
  });

  test('A4 A5 the construction permit waits for the tender of public works, and for nothing that only the begin of works needs', () => {
    const before = (code: string) =>
      templates
        .find((template) => template.code === code)
        ?.stages.flatMap((stage) => stage.matters)
        .find((matter) => matter.code === 'SG-05')?.prerequisites;
    expect(before('government-investment')).toEqual(['LX-05', 'LX-08', 'GC-02', 'SG-01', 'SG-02', 'SG-03']);
    expect(before('enterprise-approval')).toEqual(['LX-08', 'GC-02', 'SG-01', 'SG-02', 'SG-03']);
    expect(before('enterprise-filing')).toEqual(['LX-07', 'GC-02', 'SG-01']);
  });

  test('a basis whose article is not known is marked unverified', () => {
    const unknown = matters.flatMap(({ code, legalBasis }) =>
      legalBasis.filter(({ article, verified }) => article === '未核实' && verified).map(() => code),
    );
    expect(unknown).toEqual([]);
  });

  test('every department named is listed', () => {
    const known = departments.map(({ id }) => id);
    const named = [
      ...matters.map(({ department }) => department),
      ...templates.flatMap(({ stages }) => stages.map(({ lead }) => lead)),
    ].filter((department) => department !== null);
    expect([...new Set(named)].filter((department) => !known.includes(department))).toEqual([]);
    expect(known).toHaveLength(20);
  });

  test('every template can be published', () => {
    const standing = Object.fromEntries(matters.map(({ code }) => [code, 'in-force'] as const));
    expect(
      templates.map((template) => {
        const { code: id, ...body } = template;
        const command = withMeta<TemplateCommand>({ type: 'PublishTemplate', id, ...body });
        expect(templateDecider.decide(templateDecider.initial, command, { standing })).toEqual([
          { type: 'TemplatePublished', version: 1, data: { template } },
        ]);
        return id;
      }),
    ).toEqual(['enterprise-approval', 'enterprise-filing', 'government-investment', 'receipt', 'small']);
  });
});

describe('what is wrong in a file is named by file, entry and field', () => {
  const issuesOf = (read: () => unknown): readonly string[] => {
    try {
      read();
    } catch (error) {
      if (error instanceof CatalogueFileError) return error.message.split('\n');
      throw error;
    }
    return [];
  };
  const entry = `
    name: 建设工程规划许可证核发
    nameEn: Works planning permit
    kind: licence
    department: natural-resources
    legalBasis: [{ law: 城乡规划法, article: Art. 40, verified: true }]
    promised: null
    limitsVerified: false
    materials: []
    steps: []
    effectiveFrom: 2019-04-23
`;
  const good = `matters:\n  - code: GC-02${entry}    statutory: null\n`;

  test('a good entry, as data', () => {
    expect(parseMatters('a.yaml', good)).toEqual([
      { code: 'GC-02', versions: [{ matter: first, reason: null }] },
    ]);
  });

  const first = {
    code: 'GC-02',
    name: '建设工程规划许可证核发',
    nameEn: 'Works planning permit',
    kind: 'licence',
    department: 'natural-resources',
    legalBasis: [{ law: '城乡规划法', article: 'Art. 40', verified: true }],
    statutory: null,
    promised: null,
    limitsVerified: false,
    materials: [],
    steps: [],
    effectiveFrom: '2019-04-23',
  };

  const revised = (...revisions: readonly string[]) =>
    `${good}    revisions:\n${revisions.map((revision) => `      - { ${revision} }\n`).join('')}`;

  test('later versions say what changes, from which day, and why', () => {
    const text = revised(
      'effectiveFrom: 2024-01-01, reason: 压缩时限, promised: { days: 5, unit: working-day, start: acceptance }',
      'effectiveFrom: 2026-01-01, reason: 减环节, steps: [受理, 决定]',
    );
    const promised = { days: 5, unit: 'working-day', start: 'acceptance' };
    expect(parseMatters('a.yaml', text)).toEqual([
      {
        code: 'GC-02',
        versions: [
          { matter: first, reason: null },
          { matter: { ...first, effectiveFrom: '2024-01-01', promised }, reason: '压缩时限' },
          {
            matter: { ...first, effectiveFrom: '2026-01-01', promised, steps: ['受理', '决定'] },
            reason: '减环节',
          },
        ],
      },
    ]);
  });

  test.each([
    ['without a reason', 'effectiveFrom: 2024-01-01', 'GC-02: revisions[0].reason: '],
    ['without a first day', 'reason: 压缩时限', 'GC-02: revisions[0].effectiveFrom: '],
    [
      'that begins before the one it replaces',
      'reason: 倒签, effectiveFrom: 2019-01-01',
      'GC-02: The new version of matter GC-02 would be in force from 2019-01-01',
    ],
    [
      'that breaks a rule of the catalogue',
      'reason: 减依据, effectiveFrom: 2024-01-01, legalBasis: []',
      'GC-02: Matter GC-02 names no law and article',
    ],
    ['with an unknown field', 'reason: 改, effectiveFrom: 2024-01-01, colour: red', 'GC-02: colour: '],
  ])('a version %s is named', (_, revision, expected) => {
    const [issue] = issuesOf(() => parseMatters('a.yaml', revised(revision)));
    expect(issue?.slice(0, 'a.yaml: '.length + expected.length)).toBe(`a.yaml: ${expected}`);
  });

  test('versions that are not a list are named', () => {
    expect(issuesOf(() => parseMatters('a.yaml', `${good}    revisions: 3\n`))).toEqual([
      'a.yaml: GC-02: revisions: must be a list',
    ]);
  });

  test.each([
    ['a field left out', `matters:\n  - code: GC-02${entry}`, ['a.yaml: GC-02: statutory: ']],
    [
      'a field of a field',
      `matters:\n  - code: GC-02${entry}    statutory: { days: 2.5, unit: week, start: receipt }\n`,
      ['a.yaml: GC-02: statutory.days: ', 'a.yaml: GC-02: statutory.unit: '],
    ],
    ['an unknown field', `${good}    colour: red\n`, ['a.yaml: GC-02: colour: is not a field']],
    ['a code that is none', good.replace('GC-02', 'gc 2'), ['a.yaml: gc 2: code: ']],
    [
      'an id instead of a code',
      good.replace('code:', 'id:'),
      ['a.yaml: #1: id (write code): ', 'a.yaml: #1: code: '],
    ],
    [
      'the same code twice',
      `${good}${good.replace('matters:\n', '')}`,
      ['a.yaml: GC-02: code: is listed twice in this file'],
    ],
    [
      'a rule of the catalogue',
      good.replace('[{ law: 城乡规划法, article: Art. 40, verified: true }]', '[]'),
      ['a.yaml: GC-02: Matter GC-02 names no law and article and cannot be published'],
    ],
    ['another key', `${good}templates: []\n`, ['a.yaml: templates: is not a key']],
    ['no list', 'matters: []\n', ['a.yaml: matters: must be a list']],
    ['no mapping', '- a\n', ['a.yaml: must be a mapping']],
    ['an entry that is no mapping', 'matters: [3]\n', ['a.yaml: #1: the body must be']],
    ['a fault of YAML', 'matters:\n  - code: [GC-02\n', ['a.yaml: line 3, column 1: ']],
    ['an alias without an anchor', 'matters: *nothing\n', ['a.yaml: Unresolved alias']],
  ])('%s', (_, text, expected) => {
    const issues = issuesOf(() => parseMatters('a.yaml', text));
    expect(issues.map((issue, index) => issue.slice(0, expected[index]?.length ?? 0))).toEqual(expected);
  });

  test('departments and templates are read the same way', () => {
    expect(
      issuesOf(() =>
        parseDepartments('d.yaml', 'departments:\n  - { id: Water, name: 水务局, region: 210521 }\n'),
      ),
    ).toEqual([
      expect.stringMatching(/^d\.yaml: Water: id: /),
      expect.stringMatching(/^d\.yaml: Water: nameEn: /),
      expect.stringMatching(/^d\.yaml: Water: region: /),
    ]);
    const text = `templates:
  - code: small
    name: 小型
    nameEn: Small
    stages:
      - { name: 一, lead: null, matters: [{ code: LX-06, prerequisites: [LX-06] }] }
`;
    expect(issuesOf(() => parseTemplates('t.yaml', text))).toEqual([
      't.yaml: small: The prerequisites of template small form a cycle: LX-06 -> LX-06',
    ]);
  });
});
