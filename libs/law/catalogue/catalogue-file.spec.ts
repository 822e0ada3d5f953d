import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { withMeta } from '#libs/engine/event-sourcing-testing';
import { CatalogueFileError, parseDepartments, parseMatters, parseTemplates } from './catalogue-file.js';
import { type TemplateCommand } from './template.commands.js';
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
  test('it has the matters of the four stages, six utility services and the receipt phase', () => {
    const counted: Record<string, number> = {};
    for (const { code } of matters) counted[code.slice(0, 2)] = (counted[code.slice(0, 2)] ?? 0) + 1;
    expect(counted).toEqual({ RC: 1, LX: 32, GC: 12, SG: 22, JG: 13, SF: 6 });
    expect(new Set(matters.map(({ code }) => code)).size).toBe(86);
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
    expect(known).toHaveLength(35);
  });

  test.each([
    ['LX-25', 'natural-resources', '土地管理法', 'Art. 45, 46, 47'],
    ['LX-26', 'natural-resources', '土地管理法', 'Art. 54, 55'],
    ['LX-27', 'forestry', '风景名胜区条例', 'Art. 28'],
    ['LX-28', 'ecology-environment', '水污染防治法', 'Art. 19'],
    ['LX-29', 'culture-tourism', '文物保护法', 'Art. 43'],
    ['LX-30', 'ecology-environment', '建设项目环境保护管理条例', 'Art. 12'],
    ['LX-31', 'development-reform', '企业投资项目核准和备案管理条例', 'Art. 12'],
    ['LX-32', 'health', '职业病防治法', 'Art. 17'],
    ['GC-08', 'housing-construction', '建设工程抗震管理条例', 'Art. 13'],
    ['GC-09', 'natural-resources', '历史文化名城名镇名村保护条例', 'Art. 28, 29'],
    ['GC-10', 'natural-resources', '历史文化名城名镇名村保护条例', 'Art. 34'],
    ['GC-11', 'housing-construction', '地名管理条例', 'Art. 12'],
    ['SG-16', 'emergency', '安全生产法', 'Art. 33'],
    ['SG-17', 'transport', '公路安全保护条例', 'Art. 27, 28'],
    ['SG-18', 'housing-construction', '建设工程安全生产管理条例', 'Art. 11'],
    ['SG-19', 'housing-construction', '城镇排水与污水处理条例', 'Art. 43'],
    ['SG-20', 'housing-construction', '城镇燃气管理条例', 'Art. 38'],
    ['SG-21', 'human-resources', '保障农民工工资支付条例', 'Art. 32'],
    ['SG-22', 'traffic-police', '城市道路管理条例', 'Art. 30, 31, 33'],
    ['JG-13', 'health', '职业病防治法', 'Art. 18'],
  ])('D %s is handled by %s on %s %s, which was read', (code, department, law, article) => {
    const matter = matters.find((one) => one.code === code);
    expect([matter?.department, matter?.legalBasis]).toEqual([
      department,
      expect.arrayContaining([{ law, article, verified: true }]),
    ]);
  });

  test('D what rests on no text that was read does not show as verified', () => {
    const of = (code: string) => matters.find((matter) => matter.code === code);
    expect(of('GC-12')?.legalBasis).toEqual([]);
    expect(of('JG-12')?.legalBasis.map(({ verified }) => verified)).toEqual([false]);
    const added = ['LX-25', 'LX-28', 'GC-08', 'GC-12', 'SG-17', 'SG-22', 'JG-12', 'JG-13'];
    expect(added.map((code) => of(code)?.limitsVerified)).toEqual(added.map(() => false));
  });

  test('D terms of the matters added are those of their articles', () => {
    const of = (code: string) => matters.find((matter) => matter.code === code)?.statutory;
    // 公路安全保护条例 Art. 28, 环保条例 Art. 12, 职业病防治法 Art. 17, 核准备案条例 Art. 12.
    expect(of('SG-17')).toMatchObject({ days: 20, unit: 'calendar-day', start: 'acceptance' });
    expect(of('LX-30')).toMatchObject({ days: 10, unit: 'calendar-day', start: 'receipt' });
    expect(of('LX-32')).toMatchObject({ days: 30, unit: 'calendar-day', start: 'receipt' });
    expect(of('LX-31')).toEqual({ days: 20, unit: 'working-day', start: 'acceptance' });
    expect(of('SG-18')).toBeNull();
  });

  test('D utility services belong to the companies that do the work, and no licence belongs to one', () => {
    const companies = departments.filter(({ kind }) => kind === 'company').map(({ id }) => id);
    const theirs = matters.filter(({ department }) => companies.includes(department ?? ''));
    expect(theirs.map(({ code, department, kind }) => [code, department, kind])).toEqual([
      ['SF-01', 'water-supply', 'utility-service'],
      ['SF-02', 'drainage', 'utility-service'],
      ['SF-03', 'power-supply', 'utility-service'],
      ['SF-04', 'gas-supply', 'utility-service'],
      ['SF-05', 'heat-supply', 'utility-service'],
      ['SF-06', 'telecom', 'utility-service'],
    ]);
    expect(companies).toHaveLength(6);
  });

  test('D the construction permit lists what 建筑法 Art. 8 and 消防法 Art. 11, 12 ask for', () => {
    const permit = matters.find(({ code }) => code === 'SG-05');
    expect(permit?.materials.map(({ name, basis }) => [name, basis])).toEqual([
      ['建筑工程用地批准手续', '建筑法 Art. 8'],
      ['建设工程规划许可证', '建筑法 Art. 8'],
      ['拆迁进度符合施工要求的证明（需要拆迁的）', '建筑法 Art. 8'],
      ['建筑施工企业的确定文件', '建筑法 Art. 8'],
      ['资金安排、施工图纸及技术资料', '建筑法 Art. 8'],
      ['保证工程质量和安全的具体措施', '建筑法 Art. 8'],
      ['消防设计图纸及技术资料（特殊建设工程以外的）', '消防法 Art. 11, 12'],
    ]);
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
