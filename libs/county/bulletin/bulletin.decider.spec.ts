import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { actor, type CommandWithFacts, deciderSpec, recorded } from '#libs/engine/event-sourcing-testing';
import { type PublishBulletin } from './bulletin.commands.js';
import { bulletinDecider, hashOf } from './bulletin.decider.js';
import { type BulletinContent, type BulletinEvent, type Diagnostics } from './bulletin.events.js';
import { bulletins } from './bulletin.projection.js';

// The commands are given at 10:00 in China on Tuesday 24 November 2026.
const NOW = '2026-11-24T02:00:00.000Z';
const supervisor = actor('demo-supervisor', 'supervisor', 'supervision-office', '督查');
const spec = deciderSpec(bulletinDecider, {
  meta: { actor: supervisor },
  facts: { PublishBulletin: ['diagnostics'] },
});

const basis = (projection: string) => [{ projection, query: `/api/v1/reports/${projection}` }];
const diagnostics: Diagnostics = {
  position: '812',
  figures: {
    responsibility: {
      ...{ overdue: 2, late: 1, unanswered: { requests: 1, challenges: 0, disputes: 3 } },
      departments: [{ department: 'water', overdue: 2, late: 1 }],
    },
    complexity: { matters: 62, listedSteps: 240, materials: 310, actsPerCase: 4.5, supplementRate: 0.2 },
    efficiency: { cases: 10, medianDays: 7, medianDaysBefore: 9, onTimeRate: 0.9 },
  },
  basis: {
    responsibility: basis('workload'),
    complexity: basis('matters'),
    efficiency: basis('outcomes'),
  },
};
type Publish = CommandWithFacts<PublishBulletin>;
const publish = (over: Partial<Publish> = {}): Publish => ({
  ...{ type: 'PublishBulletin', id: '2026-11-01', title: '第一期', diagnostics },
  sections: [
    { diagnostic: 'efficiency' },
    { diagnostic: 'responsibility', comment: '两件超期。' },
    { diagnostic: 'complexity' },
  ],
  ...over,
});

const content: BulletinContent = {
  ...{ bulletin: '2026-11-01', from: '2026-11-01', to: '2026-11-15', title: '第一期', position: '812' },
  sections: [
    {
      ...{ diagnostic: 'efficiency', comment: null },
      ...{ figures: diagnostics.figures.efficiency, basis: basis('outcomes') },
    },
    {
      ...{ diagnostic: 'responsibility', comment: '两件超期。' },
      ...{ figures: diagnostics.figures.responsibility, basis: basis('workload') },
    },
    {
      ...{ diagnostic: 'complexity', comment: null },
      ...{ figures: diagnostics.figures.complexity, basis: basis('matters') },
    },
  ],
};
const published: BulletinEvent = {
  type: 'BulletinPublished',
  version: 1,
  data: { ...content, hash: hashOf(content) },
};

describe('a bulletin', () => {
  test('freezes the figures of a half month that is over, in the order in which it was laid out', () => {
    spec.given().when(publish()).then(published);
  });

  test('is published once', () => {
    spec
      .given(published)
      .when(publish({ title: '第一期（更正）' }))
      .refused('bulletin.published-already', { bulletin: '2026-11-01' }, null, 'state');
  });

  test('lacks none of the three diagnostics, and has none twice', () => {
    spec
      .given()
      .when(publish({ sections: [{ diagnostic: 'complexity' }] }))
      .refused(
        'bulletin.diagnostics-missing',
        { field: 'sections', missing: 'responsibility, efficiency' },
        null,
        'input',
      );
    spec
      .given()
      .when(publish({ sections: [...publish().sections, { diagnostic: 'complexity' }] }))
      .refused('bulletin.diagnostic-twice', { field: 'sections', diagnostic: 'complexity' }, null, 'input');
  });

  test.each(['2026-11-02', '2026-11-31', '2026-11', 'first'])('is not named %s', (id) => {
    spec
      .given()
      .when(publish({ id, diagnostics: null }))
      .refused('bulletin.not-a-period', { bulletin: id }, null, 'input');
  });

  test('waits for the end of its last day', () => {
    const sixteenth = publish({ id: '2026-11-16' });
    spec
      .given()
      .when(sixteenth)
      .refused('bulletin.period-not-over', { to: '2026-11-30', today: '2026-11-24' }, null, 'state');
    const at = (now: string) => ({ meta: { actor: supervisor, now, occurredAt: now } });
    spec
      .given()
      .when({ ...sixteenth, ...at('2026-11-30T15:59:59.999Z') })
      .refused('bulletin.period-not-over', { to: '2026-11-30', today: '2026-11-30' }, null, 'state');
    const second = { ...content, bulletin: '2026-11-16', from: '2026-11-16', to: '2026-11-30' };
    spec
      .given()
      .when({ ...sixteenth, ...at('2026-11-30T16:00:00.000Z') })
      .then({ ...published, data: { ...second, hash: hashOf(second) } });
  });
});

test('the hash is that of the content, however its keys are ordered', () => {
  const turned = Object.fromEntries(Object.entries(content).reverse()) as BulletinContent;
  expect(hashOf(turned)).toBe(hashOf(content));
  expect(hashOf({ ...content, title: '第二期' })).not.toBe(hashOf(content));
});

test('a second publication in the log means a damaged log', () => {
  expect(() => spec.given(published, published)).toThrow('BulletinPublished a second time');
});

test('the list names the period, the publisher and the hash', () => {
  expect(bulletins.fold(null, recorded(published), '2026-11-01')).toEqual({
    ...{ id: '2026-11-01', from: '2026-11-01', to: '2026-11-15', title: '第一期' },
    ...{ publishedAt: NOW, publishedBy: 'tester', hash: hashOf(content) },
  });
});
