import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { RuleViolation, defined } from '#libs/engine/event-sourcing';
import { actor, type CommandWithFacts, deciderSpec } from '#libs/engine/event-sourcing-testing';
import { type OfficeCommand } from './office.commands.js';
import { officeDecider } from './office.decider.js';
import { type OfficeEvent } from './office.events.js';
import { departmentMustRunTheOffice, officeOn } from './office.rules.js';

// The commands are given at 10:00 in China on Tuesday 24 November 2026.
const TODAY = '2026-11-24';
const spec = deciderSpec(officeDecider, {
  meta: { actor: actor('demo-leader', 'leader') },
  facts: { AssignCampaignOffice: ['unknown'] },
});

type Span = { readonly from?: string; readonly until?: string | null };
const assign = (
  department: string,
  span: Span = {},
  unknown: string[] = [],
): CommandWithFacts<OfficeCommand> => ({
  ...{ type: 'AssignCampaignOffice', id: department, unknown },
  ...span,
});
const end = (department: string, until?: string): CommandWithFacts<OfficeCommand> => ({
  ...{ type: 'EndCampaignOffice', id: department },
  ...defined({ until }),
});
const assigned = (department: string, from = TODAY, until: string | null = null): OfficeEvent => ({
  type: 'CampaignOfficeAssigned',
  version: 1,
  data: { department, from, until, reason: null },
});
const ended = (department: string, until: string): OfficeEvent => ({
  type: 'CampaignOfficeEnded',
  version: 1,
  data: { department, until, reason: null },
});

describe('the office', () => {
  test('is run by two departments at once, each from a day on', () => {
    spec.given().when(assign('development-reform')).then(assigned('development-reform'));
    const both = [assigned('development-reform'), assigned('government-office', '2026-12-01', '2026-12-31')];
    spec
      .given(assigned('development-reform'))
      .when(assign('government-office', { from: '2026-12-01', until: '2026-12-31' }))
      .then(assigned('government-office', '2026-12-01', '2026-12-31'));
    const on = (day: string) => officeOn(spec.given(...both).state, day).map(({ department }) => department);
    expect(['2026-11-23', TODAY, '2026-12-01', '2026-12-31', '2027-01-01'].map(on)).toEqual([
      [],
      ['development-reform'],
      ['development-reform', 'government-office'],
      ['development-reform', 'government-office'],
      ['development-reform'],
    ]);
  });

  test('is assigned once for a day, to a department that stands, for days that exist', () => {
    spec
      .given(assigned('water'))
      .when(assign('water', { from: '2027-01-01' }))
      .refused('campaign-office.assigned-already', { department: 'water', from: TODAY }, null, 'state');
    spec
      .given(assigned('water'), ended('water', '2026-12-31'))
      .when(assign('water', { from: '2027-01-01' }))
      .then(assigned('water', '2027-01-01'));
    spec
      .given()
      .when(assign('nowhere', {}, ['nowhere']))
      .refused('campaign.unknown-departments', { field: 'id', departments: 'nowhere' }, null, 'input');
    spec
      .given()
      .when(assign('water', { from: '2026-02-30' }))
      .refused('campaign.not-a-day', { field: 'from', day: '2026-02-30' }, null, 'input');
    spec
      .given()
      .when(assign('water', { until: '2026-11-23' }))
      .refused('campaign.ends-before-it-begins', { from: TODAY, until: '2026-11-23' }, null, 'input');
  });

  test('ends for a department on a day, once', () => {
    spec.given(assigned('water')).when(end('water')).then(ended('water', TODAY));
    spec.given(assigned('water'), ended('water', TODAY)).when(end('water', '2026-12-01')).nothing();
    spec
      .given()
      .when(end('water'))
      .refused('campaign-office.never-assigned', { department: 'water' }, null, 'state');
  });
});

test('a person with the role may use it while their department runs the office', () => {
  const act = (history: readonly OfficeEvent[], department: string | null, day = TODAY) => {
    try {
      departmentMustRunTheOffice(
        spec.given(...history).state,
        actor('li', 'campaign-office', department),
        day,
      );
      return 'acts';
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      return [error.code, error.kind, error.params];
    }
  };
  const refusal = (department: string, day: string, departments: string) => [
    'campaign-office.not-assigned',
    'permission',
    { person: 'li', department, day, departments },
  ];
  const both = [assigned('development-reform'), assigned('government-office', TODAY, '2026-12-31')];
  expect(act([], 'water')).toBe('acts');
  expect(act(both, 'water', '2026-11-23')).toBe('acts');
  expect(act(both, 'development-reform')).toBe('acts');
  expect(act(both, 'government-office')).toBe('acts');
  expect(act(both, 'water')).toEqual(refusal('water', TODAY, 'development-reform, government-office'));
  expect(act(both, null)).toEqual(refusal('—', TODAY, 'development-reform, government-office'));
  const later = '2027-01-01';
  expect(act(both, 'government-office', later)).toEqual(
    refusal('government-office', later, 'development-reform'),
  );
  expect(act([assigned('water', TODAY, TODAY)], 'water', later)).toEqual(refusal('water', later, '—'));
});
