import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { testMeta } from '#libs/engine/event-sourcing-testing';
import { bodyReader, InvalidInput } from '#libs/shell/nest';
import { matterOf, templateOf } from './catalogue.definitions.js';
import { AbolishMatter, PublishMatter, publishMatter, ReviseMatter } from './catalogue.commands.js';
import { PublishTemplate, publishTemplate } from './template.commands.js';
import { type MatterDefinition, type TemplateDefinition } from './catalogue.events.js';

const matter: MatterDefinition = {
  code: 'RC-01',
  name: '受理阶段',
  nameEn: 'Receipt phase',
  kind: 'other',
  department: null,
  legalBasis: [],
  statutory: null,
  promised: { days: 5, unit: 'working-day', start: 'receipt' },
  limitsVerified: true,
  materials: [{ name: '申请书', key: true, basis: '行政许可法 Art. 29' }],
  steps: ['受理'],
  effectiveFrom: '2010-10-01',
};
const template: TemplateDefinition = {
  code: 'receipt',
  name: '受理阶段',
  nameEn: 'Receipt phase',
  stages: [{ name: '受理', lead: null, matters: [{ code: 'RC-01', prerequisites: [] }] }],
};
const { code, ...body } = matter;

const problems = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors.map(({ field }) => field);
    throw error;
  }
  return [];
};

test('a body over HTTP and a definition make the same command, and give the definition back', () => {
  const read = bodyReader(PublishMatter)(JSON.parse(JSON.stringify({ id: code, ...body })));
  expect(read.type).toBe('PublishMatter');
  expect(matterOf(read)).toStrictEqual(matter);
  expect(matterOf(publishMatter(matter, testMeta()))).toStrictEqual(matter);

  const { code: id, ...rest } = template;
  expect(templateOf(bodyReader(PublishTemplate)({ id, ...rest }))).toStrictEqual(template);
  expect(templateOf(publishTemplate(template, {}, testMeta()))).toStrictEqual(template);
});

test('a field is neither left out nor added, and null is allowed only where the definition has it', () => {
  const publish = (over: object) => problems(() => bodyReader(PublishMatter)({ id: code, ...body, ...over }));
  expect(publish({})).toEqual([]);
  expect(publish({ colour: 'red' })).toEqual(['colour']);
  expect(publish({ id: 'RC-01-1' })).toEqual(['id']);
  expect(publish({ name: null })).toEqual(['name']);
  expect(publish({ promised: { days: -1, unit: 'week', start: 'receipt' } })).toEqual([
    'promised.days',
    'promised.unit',
  ]);
  expect(problems(() => bodyReader(PublishMatter)({ id: code }))).toEqual([
    'name',
    'nameEn',
    'kind',
    'department',
    'legalBasis',
    'statutory',
    'promised',
    'limitsVerified',
    'materials',
    'steps',
    'effectiveFrom',
  ]);
  expect(problems(() => bodyReader(ReviseMatter)(body))).toEqual(['reason']);
  // A rule asks for the article of an abolition.
  expect(problems(() => bodyReader(AbolishMatter)({}))).toEqual(['reason']);
});
