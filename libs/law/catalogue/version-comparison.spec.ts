import { describe, expect, test } from '@jest/globals';
import { actor } from '#libs/engine/event-sourcing-testing';
import { type MatterDefinition, type TemplateDefinition } from './catalogue.events.js';
import { MATTER_ANATOMY, TEMPLATE_ANATOMY } from './version-anatomy.js';
import { compareVersions, type Version } from './version-comparison.js';
import { WORKS_PERMIT } from './testing/works-permit.js';

const MATTER: MatterDefinition = {
  ...WORKS_PERMIT,
  limitsVerified: true,
  materials: [{ name: '总平面图', key: true, basis: '城乡规划法 Art. 40' }],
  steps: ['受理', '踏勘', '决定'],
};
const PEOPLE = ['wang', 'li', 'zhao'].map((person) => actor(person, 'admin'));

const versions = <Definition>(...definitions: readonly Definition[]): readonly Version<Definition>[] =>
  definitions.map((definition, index) => ({
    version: index + 1,
    definition,
    by: PEOPLE[index] ?? actor('nobody', 'admin'),
    at: `2026-0${index + 1}-01T02:00:00.000Z`,
    reason: index === 0 ? null : `理由 ${index + 1}`,
    position: BigInt(index * 10),
  }));
const attributed = (version: number) => ({
  version,
  by: PEOPLE[version - 1],
  at: `2026-0${version}-01T02:00:00.000Z`,
  reason: `理由 ${version}`,
});

describe('two versions of a matter', () => {
  const shorter = { days: 3, unit: 'working-day', start: 'acceptance' } as const;
  const all = versions<MatterDefinition>(
    MATTER,
    { ...MATTER, steps: ['受理', '决定'], promised: shorter },
    { ...MATTER, steps: ['受理', '公示', '决定'], materials: [], promised: shorter },
  );

  test('each difference names the version that made it, and who', () => {
    expect(compareVersions(all, 1, 3, MATTER_ANATOMY)).toEqual({
      from: 1,
      to: 3,
      cut: [
        { kind: 'step', name: '踏勘', ...attributed(2) },
        { kind: 'material', name: '总平面图', ...attributed(3) },
      ],
      added: [{ kind: 'step', name: '公示', ...attributed(3) }],
      changed: [{ field: 'promised', from: MATTER.promised, to: shorter, ...attributed(2) }],
      delta: { material: -1 },
    });
  });

  test('what is outside the two is left out', () => {
    expect(compareVersions(all, 1, 2, MATTER_ANATOMY).delta).toEqual({ step: -1 });
    expect(compareVersions(all, 2, 3, MATTER_ANATOMY).changed).toEqual([]);
    expect(compareVersions(all, 2, 2, MATTER_ANATOMY)).toEqual({
      from: 2,
      to: 2,
      cut: [],
      added: [],
      changed: [],
      delta: {},
    });
  });

  test('a step that is listed twice and then once was cut once', () => {
    const twice = versions<MatterDefinition>(
      { ...MATTER, steps: ['受理', '审查', '审查', '决定'] },
      { ...MATTER, steps: ['受理', '审查', '决定'] },
    );
    expect(compareVersions(twice, 1, 2, MATTER_ANATOMY)).toMatchObject({
      cut: [{ kind: 'step', name: '审查', ...attributed(2) }],
      added: [],
      delta: { step: -1 },
    });
  });
});

test('two versions of a template: matters, what they wait for, their stage and its lead', () => {
  const template: TemplateDefinition = {
    code: 'small',
    name: '小型项目',
    nameEn: 'Small',
    stages: [
      {
        name: '立项',
        lead: 'natural-resources',
        matters: [
          { code: 'LX-06', prerequisites: [] },
          { code: 'LX-07', prerequisites: ['LX-06'] },
        ],
      },
      { name: '施工', lead: null, matters: [{ code: 'SG-05', prerequisites: ['LX-07'] }] },
    ],
  };
  const leaner: TemplateDefinition = {
    ...template,
    stages: [
      { name: '立项', lead: 'development-reform', matters: [{ code: 'LX-07', prerequisites: [] }] },
      { name: '施工', lead: null, matters: [{ code: 'SG-05', prerequisites: ['LX-07'] }] },
    ],
  };
  expect(compareVersions(versions(template, leaner), 1, 2, TEMPLATE_ANATOMY)).toEqual({
    from: 1,
    to: 2,
    cut: [
      { kind: 'matter', name: 'LX-06', ...attributed(2) },
      { kind: 'prerequisite', name: 'LX-06 -> LX-07', ...attributed(2) },
    ],
    added: [],
    changed: [
      { field: 'lead of 立项', from: 'natural-resources', to: 'development-reform', ...attributed(2) },
    ],
    delta: { matter: -1, prerequisite: -1 },
  });
});

describe('3 every field of a matter is compared', () => {
  const rule = { article: '取水许可和水资源费征收管理条例 Art. 19(3)', verified: true, leave: null } as const;
  const opinion = { article: '城乡规划法 Art. 40', verified: true, days: null } as const;
  const FULL: Required<MatterDefinition> = {
    ...MATTER,
    line: 'planning',
    receivedBy: [{ department: 'township' }],
    personalQualification: true,
    consults: [{ department: 'water', ...opinion }],
    clock: {
      notice: { days: 5, article: '行政许可法 Art. 32(4)' },
      suspensions: [{ cause: 'hearing', cap: null, ...rule }],
      renewal: { applyDaysBefore: 30, article: '行政许可法 Art. 50' },
    },
  };
  const changeTo = (changes: Partial<MatterDefinition>) => {
    const { cut, added, changed } = compareVersions(
      versions<MatterDefinition>(FULL, { ...FULL, ...changes }),
      ...([1, 2, MATTER_ANATOMY] as const),
    );
    return [
      ...cut.map(({ kind, name }) => `- ${kind} ${name}`),
      ...added.map(({ kind, name }) => `+ ${kind} ${name}`),
      ...changed.map(({ field, from, to }) => [field, from, to]),
    ];
  };
  const clock = FULL.clock;

  test.each<[string, Partial<MatterDefinition>, readonly unknown[]]>([
    ['nameEn', { nameEn: 'Permit' }, [['nameEn', 'Works planning permit', 'Permit']]],
    [
      'an opinion of another department',
      { consults: [{ department: 'culture', ...opinion }] },
      ['- opinion water', '+ opinion culture'],
    ],
    [
      'in which cases an opinion is asked for',
      { consults: [{ department: 'water', ...opinion, days: 10, conditional: true }] },
      [['opinion water', { ...opinion, conditional: false }, { ...opinion, days: 10, conditional: true }]],
    ],
    [
      'in which cases a material is asked for',
      { materials: [{ name: '总平面图', key: true, basis: '城乡规划法 Art. 40', conditional: true }] },
      [
        [
          'material 总平面图',
          { key: true, basis: '城乡规划法 Art. 40', conditional: false },
          { key: true, basis: '城乡规划法 Art. 40', conditional: true },
        ],
      ],
    ],
    [
      'a cause of suspension',
      { clock: { ...clock, suspensions: [{ cause: 'testing', cap: null, ...rule }] } },
      ['- suspension hearing', '+ suspension testing'],
    ],
    [
      'the longest that a suspension may take',
      {
        clock: {
          ...clock,
          suspensions: [{ cause: 'hearing', cap: { days: 30, unit: 'working-day' }, ...rule }],
        },
      },
      [['suspension hearing', { cap: null, ...rule }, { cap: { days: 30, unit: 'working-day' }, ...rule }]],
    ],
    [
      'that its law knows no extension, which is not that it is silent',
      { clock: { ...clock, extension: null } },
      [['clock.extension', 'left-out', null]],
    ],
    [
      'the limit of an extension',
      {
        clock: { ...clock, extension: { days: 40, leave: 'department-head', article: 'x', verified: true } },
      },
      [['clock.extension', 'left-out', { days: 40, leave: 'department-head', article: 'x', verified: true }]],
    ],
    [
      'notice, renewal and use',
      {
        clock: {
          ...clock,
          notice: { days: 0, article: '不动产登记暂行条例 Art. 17' },
          renewal: { applyDaysBefore: 45, article: '行政许可法 Art. 50' },
          use: { months: 3, postponements: 2, postponementMonths: 3, article: '建筑法 Art. 9' },
        },
      },
      [
        ['clock.notice', clock.notice, { days: 0, article: '不动产登记暂行条例 Art. 17' }],
        ['clock.renewal', clock.renewal, { applyDaysBefore: 45, article: '行政许可法 Art. 50' }],
        ['clock.use', null, { months: 3, postponements: 2, postponementMonths: 3, article: '建筑法 Art. 9' }],
      ],
    ],
    [
      'the order of its steps',
      { steps: ['踏勘', '受理', '决定'] },
      [['order of steps', ['受理', '踏勘', '决定'], ['踏勘', '受理', '决定']]],
    ],
    [
      'the order of steps of which one is gone, and another is new',
      { steps: ['公示', '决定', '受理'] },
      ['- step 踏勘', '+ step 公示', ['order of steps', ['受理', '决定'], ['决定', '受理']]],
    ],
  ])('3 %s', (_, changes, expected) => {
    expect(changeTo(changes)).toEqual(expected);
  });

  test('3 a change of any field at all is shown, one at a time', () => {
    const others: {
      readonly [Field in keyof Required<Omit<MatterDefinition, 'code'>>]: MatterDefinition[Field];
    } = {
      name: 'x',
      nameEn: 'x',
      kind: 'filing',
      department: null,
      receivedBy: [],
      line: 'fire',
      legalBasis: [],
      statutory: null,
      promised: null,
      clock: {},
      personalQualification: false,
      consults: [],
      limitsVerified: false,
      materials: [],
      steps: [],
      effectiveFrom: '2027-01-01',
    };
    for (const [field, value] of Object.entries(others)) {
      expect([field, changeTo({ [field]: value }).length > 0]).toEqual([field, true]);
    }
  });

  test('3 what was left out and is now said to be so does not count as changed', () => {
    const said = { ...MATTER, receivedBy: [], personalQualification: false, consults: [], clock: {} };
    expect(compareVersions(versions<MatterDefinition>(MATTER, said), 1, 2, MATTER_ANATOMY)).toEqual({
      ...{ from: 1, to: 2, cut: [], added: [], changed: [], delta: {} },
    });
  });
});

test('3 every field of a template is compared: its English name, the opinions of a stage, the order of its matters', () => {
  const of = (code: string) => ({ code, prerequisites: [] });
  const before: TemplateDefinition = {
    ...{ code: 'small', name: '小型项目', nameEn: 'Small' },
    stages: [{ name: '立项', lead: null, matters: [of('LX-06'), of('LX-07')] }],
  };
  const opinions = { days: 3, silenceRule: null };
  const after: TemplateDefinition = {
    ...{ code: 'small', name: '小型项目', nameEn: 'Little' },
    stages: [{ name: '立项', lead: null, matters: [of('LX-07'), of('LX-06')], opinions }],
  };
  expect(compareVersions(versions(before, after), 1, 2, TEMPLATE_ANATOMY)).toEqual({
    from: 1,
    to: 2,
    cut: [],
    added: [],
    changed: [
      { field: 'nameEn', from: 'Small', to: 'Little', ...attributed(2) },
      { field: 'opinions of 立项', from: null, to: opinions, ...attributed(2) },
      { field: 'order of matters', from: ['LX-06', 'LX-07'], to: ['LX-07', 'LX-06'], ...attributed(2) },
    ],
    delta: {},
  });
});
