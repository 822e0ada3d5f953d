import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type CommandWithFacts, deciderSpec, testMeta } from '#libs/engine/event-sourcing-testing';
import { type TemplateCommand, type TemplateFacts } from './template.commands.js';
import { type TemplateDefinition, type TemplateEvent, type TemplateStage } from './catalogue.events.js';
import { templateDecider } from './template.decider.js';

const spec = deciderSpec(templateDecider, {
  facts: {
    PublishTemplate: ['standing'],
    ReviseTemplate: ['standing'],
    ConfirmTemplateRevision: ['standing'],
  },
});

const stage = (name: string, matters: Readonly<Record<string, readonly string[]>>): TemplateStage => ({
  name,
  lead: 'natural-resources',
  matters: Object.entries(matters).map(([code, prerequisites]) => ({ code, prerequisites })),
});
const stages = [
  stage('立项用地规划许可', { 'LX-06': [], 'LX-07': ['LX-06'] }),
  stage('工程建设许可', { 'GC-02': ['LX-07'] }),
];
const template: TemplateDefinition = { code: 'small', name: '小型项目', nameEn: 'Small project', stages };
const standing = {
  'LX-06': 'in-force',
  'LX-07': 'in-force',
  'GC-02': 'in-force',
  'GC-07': 'abolished',
} as const;

const publish = (over: Partial<TemplateDefinition> = {}): CommandWithFacts<TemplateCommand> => {
  const { code: id, ...body } = { ...template, ...over };
  return { type: 'PublishTemplate', id, ...body, standing };
};
const revise = (
  over: Partial<TemplateDefinition> & { readonly article?: string } = {},
): CommandWithFacts<TemplateCommand> => {
  const { code: id, ...body } = { ...template, ...over };
  return { type: 'ReviseTemplate', id, ...body, standing, reason: '并联' };
};
const published: TemplateEvent = { type: 'TemplatePublished', version: 1, data: { template } };

describe('publishing a template', () => {
  test('once; again with the same content adds nothing, with another it is refused', () => {
    spec.given().when(publish()).then(published);
    spec.given(published).when(publish()).nothing();
    spec
      .given(published)
      .when(publish({ name: '别的' }))
      .refused('template.exists', { code: 'small' }, null, 'state');
  });

  test.each<[string, readonly TemplateStage[], object]>([
    ['template.stage-twice', [stage('一', { 'LX-06': [] }), stage('一', { 'LX-07': [] })], { stage: '一' }],
    [
      'template.matter-twice',
      [stage('一', { 'LX-06': [] }), stage('二', { 'LX-06': [] })],
      { matter: 'LX-06' },
    ],
    ['template.unknown-matter', [stage('一', { 'ZZ-99': [] })], { matter: 'ZZ-99' }],
    ['template.abolished-matter', [stage('一', { 'GC-07': [] })], { matter: 'GC-07' }],
    [
      'template.unknown-prerequisite',
      [stage('一', { 'LX-07': ['LX-06'] })],
      { matter: 'LX-07', prerequisite: 'LX-06' },
    ],
    ['template.cycle', [stage('一', { 'LX-06': ['LX-06'] })], { path: 'LX-06 -> LX-06' }],
    [
      'template.cycle',
      [stage('一', { 'GC-02': ['LX-06'], 'LX-06': ['LX-07'], 'LX-07': ['LX-06'] })],
      { path: 'LX-06 -> LX-07 -> LX-06' },
    ],
  ])('%s', (code, wrong, params) => {
    for (const command of [publish({ stages: wrong }), revise({ stages: wrong })]) {
      const given = command.type === 'PublishTemplate' ? [] : [published];
      spec
        .given(...given)
        .when(command)
        .refused(code, { code: 'small', ...params }, null, 'input');
    }
  });
});

test('a name of the object prototype is not a matter in force', () => {
  const command = { ...publish({ stages: [stage('一', { 'LX-06': [] })] }), standing: {} };
  spec.given().when(command).refused('template.unknown-matter');
});

test('revising counts versions; what changes nothing adds nothing', () => {
  const waiting = [
    stage('立项用地规划许可', { 'LX-06': [], 'LX-07': ['LX-06'], 'GC-02': ['LX-06', 'LX-07'] }),
  ];
  const revised: TemplateEvent = {
    type: 'TemplateRevised',
    version: 1,
    data: { template: { ...template, stages: waiting }, templateVersion: 2, reason: '并联' },
  };
  spec
    .given(published)
    .when(revise({ stages: waiting }))
    .then(revised);
  spec
    .given(published, revised)
    .when(revise({ stages: waiting }))
    .nothing();
  spec.given().when(revise()).refused('template.not-published', { code: 'small' }, null, 'absent');
  expect(() => spec.given(revised)).toThrow('TemplateRevised before TemplatePublished');
  expect(() => spec.given(published, published)).toThrow('TemplatePublished a second time');
  expect(spec.given(published, revised).state).toEqual({
    at: 'published',
    template: { ...template, stages: waiting },
    version: 2,
  });
});

test('7 a lighter template is proposed with its law, and confirmed by another person', () => {
  const article = '优化营商环境条例 Art. 35';
  const proposedBy = testMeta().actor.person;
  const leaner = [stage('立项用地规划许可', { 'LX-06': [], 'LX-07': [] })];
  const parts = {
    parts: 'prerequisite LX-06 → LX-07; matter GC-02',
    partsZh: '前置事项“LX-06 → LX-07”；事项“GC-02”',
  };
  const command = revise({ stages: leaner });
  spec
    .given(published)
    .when(command)
    .refused(
      'template.lighter-without-article',
      { code: 'small', ...parts, field: 'article' },
      null,
      'input',
    );
  const revised = { ...template, stages: leaner };
  const waits: TemplateEvent = {
    type: 'TemplateRevisionProposed',
    version: 1,
    data: { template: revised, reason: '并联', article },
  };
  spec
    .given(published)
    .when(revise({ stages: leaner, article }))
    .then(waits);
  const confirmation = (
    person: string,
    now: TemplateFacts['standing'] = standing,
  ): CommandWithFacts<TemplateCommand> => ({
    type: 'ConfirmTemplateRevision',
    id: 'small',
    standing: now,
    meta: { actor: { person, post: null, department: null, role: 'admin' } },
  });
  spec
    .given(published, waits)
    .when(confirmation(proposedBy))
    .refused('template.revision-by-one', { code: 'small', person: proposedBy }, null, 'permission');
  spec
    .given(published)
    .when(confirmation('second'))
    .refused('template.revision-not-proposed', { code: 'small' }, null, 'state');
  spec.given().when(confirmation('second')).refused('template.not-published');
  // What was abolished since does not come back.
  spec
    .given(published, waits)
    .when(confirmation('second', { ...standing, 'LX-07': 'abolished' }))
    .refused('template.abolished-matter', { code: 'small', matter: 'LX-07' }, null, 'input');
  spec
    .given(published, waits)
    .when(confirmation('second'))
    .then({
      type: 'TemplateRevised',
      version: 1,
      data: { template: revised, templateVersion: 2, reason: '并联', article, proposedBy },
    });
});
