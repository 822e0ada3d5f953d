import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type Document, type Projection, type StoredEvent } from '#libs/engine/event-sourcing';
import { recordedStream } from '#libs/engine/event-sourcing-testing';
import {
  type MatterDefinition,
  type MatterEvent,
  type TemplateDefinition,
  type TemplateEvent,
} from './catalogue.events.js';
import { matters } from './matter.projection.js';
import { templates } from './template.projection.js';

const AT = '2026-11-24T02:00:00.000Z';

const matter: MatterDefinition = {
  code: 'GC-02',
  name: '建设工程规划许可证核发',
  nameEn: 'Construction planning permit',
  kind: 'licence',
  department: 'natural-resources',
  legalBasis: [{ law: '城乡规划法', article: 'Art. 40', verified: true }],
  statutory: { days: 20, unit: 'working-day', start: 'acceptance' },
  promised: { days: 5, unit: 'working-day', start: 'acceptance' },
  limitsVerified: true,
  materials: [],
  steps: ['收件', '审查', '决定'],
  effectiveFrom: '2026-01-01',
};

const template: TemplateDefinition = {
  code: 'small',
  name: '小型项目',
  nameEn: 'Small project',
  stages: [
    { name: '工程建设许可', lead: 'natural-resources', matters: [{ code: 'GC-02', prerequisites: [] }] },
  ],
};

function documents(projection: Projection, events: readonly StoredEvent[]): readonly Document[] {
  const after: Document[] = [];
  for (const event of events) {
    const [id = ''] = projection.keys(event);
    after.push(projection.fold(after.at(-1) ?? null, event, id));
  }
  return after;
}

describe('the catalogue', () => {
  test('a matter is published, revised and abolished; an unverified limit makes it unverified', () => {
    const revised: MatterDefinition = { ...matter, limitsVerified: false, promised: null };
    const ruling = {
      dispute: 'd1',
      application: 'p1-GC-02',
      department: 'water',
      article: null,
      note: '临河项目由水务局主办',
    };
    const events: MatterEvent[] = [
      { type: 'MatterPublished', version: 1, data: { matter } },
      { type: 'JurisdictionNoted', version: 1, data: { code: 'GC-02', ...ruling } },
      { type: 'MatterRevised', version: 1, data: { matter: revised, matterVersion: 2, reason: '压缩时限' } },
      { type: 'MatterAbolished', version: 1, data: { code: 'GC-02', reason: '取消' } },
    ];
    const first = {
      ...matter,
      id: 'GC-02',
      matterVersion: 1,
      stepsOfVersions: [matter.steps],
      verified: true,
      status: 'in-force',
      reason: null,
      changedBy: { person: 'tester', post: null, department: null, role: 'applicant' },
      changedAt: AT,
      notes: [] as object[],
      revision: '0',
    };
    const noted = {
      ...first,
      notes: [{ ...ruling, by: first.changedBy, at: AT }],
      revision: '1',
    };
    const second = {
      ...noted,
      ...revised,
      matterVersion: 2,
      stepsOfVersions: [matter.steps, revised.steps],
      verified: false,
      reason: '压缩时限',
      revision: '2',
    };
    expect(documents(matters, recordedStream(events))).toEqual([
      first,
      noted,
      second,
      { ...second, status: 'abolished', reason: '取消', revision: '3' },
    ]);
  });

  test('one legal basis without sign-off is enough to make a matter unverified', () => {
    const legalBasis = [...matter.legalBasis, { law: '省条例', article: '[?]', verified: false }];
    const events: MatterEvent[] = [
      { type: 'MatterPublished', version: 1, data: { matter: { ...matter, legalBasis } } },
    ];
    expect(documents(matters, recordedStream(events)).map(({ verified }) => verified)).toEqual([false]);
  });

  test('a template is published and revised', () => {
    const revised: TemplateDefinition = {
      ...template,
      stages: [...template.stages, { name: '竣工验收', lead: null, matters: [] }],
    };
    const events: TemplateEvent[] = [
      { type: 'TemplatePublished', version: 1, data: { template } },
      {
        type: 'TemplateRevised',
        version: 1,
        data: { template: revised, templateVersion: 2, reason: '加竣工' },
      },
    ];
    const first = {
      ...template,
      id: 'small',
      templateVersion: 1,
      reason: null,
      changedAt: AT,
      revision: '0',
    };
    expect(documents(templates, recordedStream(events))).toEqual([
      first,
      { ...first, ...revised, templateVersion: 2, reason: '加竣工', revision: '1' },
    ]);
  });
});
