import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type TimeLimit } from '#libs/law/calendar';
import { type MatterDefinition, type TemplateDefinition } from './catalogue.events.js';
import { analyseTemplate, criticalPath } from './template-analysis.js';

const days = (count: number, unit: TimeLimit['unit'] = 'working-day'): TimeLimit => ({
  days: count,
  unit,
  start: 'acceptance',
});
const matter = (code: string, over: Partial<MatterDefinition> = {}): readonly [string, MatterDefinition] => [
  code,
  {
    code,
    name: code,
    nameEn: code,
    kind: 'licence',
    department: 'natural-resources',
    legalBasis: [],
    statutory: days(20),
    promised: days(5),
    limitsVerified: true,
    materials: [{ name: '申请书', key: true, basis: 'Art. 29' }],
    steps: ['受理', '决定'],
    effectiveFrom: '2019-04-23',
    ...over,
  },
];
const waits = (code: string, ...prerequisites: string[]) => ({ code, prerequisites });

const template: TemplateDefinition = {
  code: 'small',
  name: '小型项目',
  nameEn: 'Small',
  stages: [
    {
      name: '立项',
      lead: 'natural-resources',
      matters: [waits('LX-01'), waits('LX-02'), waits('LX-03', 'LX-02')],
    },
    { name: '施工', lead: null, matters: [waits('SG-02', 'SG-01'), waits('SG-01', 'LX-01', 'LX-03')] },
  ],
};

describe('the analysis of a template', () => {
  const matters = new Map([
    matter('LX-01', { promised: days(12) }),
    matter('LX-02', { promised: null, statutory: days(10), limitsVerified: false }),
    matter('LX-03', { promised: days(8, 'calendar-day'), steps: ['受理', '踏勘', '决定'] }),
    matter('SG-01', { department: 'housing-construction', materials: [] }),
    matter('SG-02', { kind: 'technical-review', department: null, promised: null, statutory: null }),
  ]);

  test('critical path, parallel groups, sums, and what is doubtful about them', () => {
    expect(analyseTemplate(template, matters)).toEqual({
      // 10 by law, 8 calendar days make 6, 5 promised, none.
      criticalPath: { matters: ['LX-02', 'LX-03', 'SG-01', 'SG-02'], workingDays: 21 },
      matters: 5,
      steps: 11,
      materials: 4,
      departments: 2,
      stages: [
        {
          name: '立项',
          lead: 'natural-resources',
          parallelGroups: [['LX-01', 'LX-02'], ['LX-03']],
          steps: 7,
          materials: 3,
        },
        { name: '施工', lead: null, parallelGroups: [['SG-01'], ['SG-02']], steps: 4, materials: 1 },
      ],
      withoutLimit: ['SG-02'],
      unverified: ['LX-02'],
      converted: ['LX-03'],
    });
  });

  test('a matter that is not given is a damaged catalogue', () => {
    expect(() => analyseTemplate(template, new Map())).toThrow('matter LX-01 is in a template');
  });
});

test('the critical path is the longest of all chains there are', () => {
  // Each matter waits for some of those before it, so that there is no circle.
  const graph = fc.array(fc.record({ days: fc.nat(20), waits: fc.array(fc.nat(9), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(graph, (nodes) => {
      const matters = nodes.map(({ waits: before }, index) => ({
        code: `M-${index}`,
        prerequisites: [...new Set(before)].filter((one) => one < index).map((one) => `M-${one}`),
      }));
      const daysOf = (code: string) => nodes[Number(code.slice(2))]?.days ?? 0;
      const chains: string[][] = [];
      const walk = (chain: string[]): void => {
        chains.push(chain);
        for (const { code, prerequisites } of matters) {
          if (prerequisites.includes(chain.at(-1) ?? '')) walk([...chain, code]);
        }
      };
      for (const { code } of matters) walk([code]);
      const sum = (chain: readonly string[]) => chain.reduce((total, code) => total + daysOf(code), 0);
      const path = criticalPath(matters, daysOf);
      expect(path.workingDays).toBe(Math.max(...chains.map(sum)));
      expect(sum(path.matters)).toBe(path.workingDays);
      expect(chains).toContainEqual(path.matters);
    }),
  );
});
