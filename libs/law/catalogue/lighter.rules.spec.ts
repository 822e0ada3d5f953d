import { expect, test } from '@jest/globals';
import { type TimeLimit } from '#libs/law/calendar';
import { type MatterDefinition, type TemplateDefinition, type TemplateStage } from './catalogue.events.js';
import { lighterMatter, lighterTemplate } from './lighter.rules.js';

const days = (count: number): TimeLimit => ({ days: count, unit: 'working-day', start: 'acceptance' });
const suspension = { cause: 'technical-review', article: '水利部令53', verified: true, leave: null } as const;
const clock = {
  suspensions: [{ ...suspension, cap: { days: 30, unit: 'working-day' as const } }],
  extension: { days: 10, article: '行政许可法 Art. 42', verified: true, leave: 'department-head' as const },
  use: { months: 3, postponements: 2, postponementMonths: 3, article: '建筑法 Art. 9' },
};
const matter = {
  code: 'GC-02',
  name: '建设工程规划许可证核发',
  nameEn: 'Works planning permit',
  kind: 'licence',
  department: 'natural-resources',
  legalBasis: [{ law: '城乡规划法', article: 'Art. 40', verified: true }],
  statutory: days(20),
  promised: days(5),
  clock,
  consults: [{ department: 'water', article: '防洪法 Art. 27', verified: true, days: 5 }],
  limitsVerified: false,
  materials: [
    { name: '设计方案', key: true, basis: '城乡规划法 Art. 40' },
    { name: '效果图', key: false, basis: '城乡规划法 Art. 40' },
  ],
  steps: ['受理', '踏勘', '审查', '踏勘', '决定'],
  effectiveFrom: '2019-04-23',
} satisfies MatterDefinition;

const found = (over: Partial<MatterDefinition>): string[] =>
  lighterMatter(matter, { ...matter, ...over }).map(({ en, zh }) => `${en} / ${zh}`);

test.each<[Partial<MatterDefinition>, string[]]>([
  [{ steps: ['受理', '踏勘', '审查', '决定'] }, ['step 踏勘 / 环节“踏勘”']],
  [{ steps: ['受理', '现场核查', '审查', '踏勘', '决定'] }, ['step 踏勘 / 环节“踏勘”']],
  [{ materials: matter.materials.slice(1) }, ['material 设计方案 / 材料“设计方案”']],
  [
    { materials: matter.materials.map((one) => ({ ...one, key: false })) },
    ['material 设计方案 / 材料“设计方案”'],
  ],
  [
    { materials: matter.materials.map((one) => ({ ...one, conditional: true })) },
    ['material 设计方案 / 材料“设计方案”', 'material 效果图 / 材料“效果图”'],
  ],
  [{ consults: [] }, ['opinion water / 征求意见“water”']],
  [
    { consults: matter.consults.map((one) => ({ ...one, conditional: true })) },
    ['opinion water / 征求意见“water”'],
  ],
  [{ statutory: days(45) }, ['the statutory time limit / 法定时限']],
  // What the law gives where no number is listed: twenty working days (行政许可法 Art. 42).
  [{ statutory: null }, []],
  [{ promised: days(6) }, ['the promised time limit / 承诺时限']],
  [{ promised: null }, ['the promised time limit / 承诺时限']],
  [{ kind: 'filing' }, ['the kind / 事项类型', 'the term of the notice / 一次告知期限']],
  [
    { clock: { ...clock, suspensions: [{ ...suspension, cap: null }] } },
    ['special procedure technical-review / 特别程序“technical-review”'],
  ],
  [
    {
      clock: {
        ...clock,
        suspensions: [...clock.suspensions, { ...suspension, cause: 'department-opinions', cap: null }],
      },
    },
    ['special procedure department-opinions / 特别程序“department-opinions”'],
  ],
  [{ clock: { ...clock, extension: { ...clock.extension, days: 40 } } }, ['the extension / 延长期限']],
  [{ clock: { ...clock, use: { ...clock.use, months: 12 } } }, ['the term of use / 使用期限']],
  [
    { clock: { ...clock, notice: { days: 9, article: '城乡规划法 Art. 40' } } },
    ['the term of the notice / 一次告知期限'],
  ],
])('7 a matter is lighter when it asks less, or when a term may end later: %j', (over, parts) => {
  expect(found(over)).toEqual(parts);
});

test('7 what asks more, or is only said in other words, is not lighter', () => {
  const opinion = { department: 'emergency', article: '消防法 Art. 9', verified: false, days: null };
  expect(
    found({
      name: '建设工程规划许可',
      steps: [...matter.steps, '公示'],
      materials: [...matter.materials, { name: '日照分析', key: true, basis: '城乡规划法 Art. 40' }],
      consults: [...matter.consults, opinion],
      statutory: days(15),
      promised: days(3),
      clock: { ...clock, notice: { days: 0, article: '不动产登记暂行条例 Art. 17' }, extension: null },
      legalBasis: [{ law: '城乡规划法', article: 'Art. 40, 41', verified: true }],
      effectiveFrom: '2026-01-01',
    }),
  ).toEqual([]);
});

const stage = (name: string, matters: Readonly<Record<string, readonly string[]>>): TemplateStage => ({
  name,
  lead: 'natural-resources',
  matters: Object.entries(matters).map(([code, prerequisites]) => ({ code, prerequisites })),
});
const template: TemplateDefinition = {
  code: 'small',
  name: '小型项目',
  nameEn: 'Small project',
  stages: [
    stage('立项', { 'LX-06': [], 'LX-07': ['LX-06'] }),
    stage('工程', { 'GC-02': ['LX-06', 'LX-07'] }),
  ],
};
const silence = { days: 2, silenceRule: '县政府办〔2026〕3号 第五条' };

test.each<[readonly TemplateStage[], string[]]>([
  [
    [stage('立项', { 'LX-06': [], 'LX-07': [] })],
    ['prerequisite LX-06 → LX-07 / 前置事项“LX-06 → LX-07”', 'matter GC-02 / 事项“GC-02”'],
  ],
  [
    template.stages.map((one) => ({ ...one, opinions: silence })),
    [
      'silence as consent in stage 立项 / 超时视同无意见的阶段“立项”',
      'silence as consent in stage 工程 / 超时视同无意见的阶段“工程”',
    ],
  ],
  // One stage for two: every matter and what it waits for is still there.
  [[stage('立项工程', { 'LX-06': [], 'LX-07': ['LX-06'], 'GC-02': ['LX-07', 'LX-06'] })], []],
])(
  '7 a template is lighter without a matter or prerequisite, or with silence for consent',
  (stages, parts) => {
    const lighter = lighterTemplate(template, { ...template, stages });
    expect(lighter.map(({ en, zh }) => `${en} / ${zh}`)).toEqual(parts);
  },
);
