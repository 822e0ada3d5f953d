import { describe, expect, test } from '@jest/globals';
import { actor } from '#libs/engine/event-sourcing-testing';
import { type MatterDefinition, type TemplateDefinition } from './catalogue.events.js';
import { compareVersions, MATTER_ANATOMY, TEMPLATE_ANATOMY, type Version } from './version-comparison.js';

const MATTER: MatterDefinition = {
  code: 'GC-02',
  name: '建设工程规划许可证核发',
  nameEn: 'Works planning permit',
  kind: 'licence',
  department: 'natural-resources',
  legalBasis: [{ law: '城乡规划法', article: 'Art. 40', verified: true }],
  statutory: { days: 20, unit: 'working-day', start: 'acceptance' },
  promised: { days: 5, unit: 'working-day', start: 'acceptance' },
  limitsVerified: true,
  materials: [{ name: '总平面图', key: true, basis: '城乡规划法 Art. 40' }],
  steps: ['受理', '踏勘', '决定'],
  effectiveFrom: '2019-04-23',
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
