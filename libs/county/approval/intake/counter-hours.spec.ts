import { expect, test } from '@jest/globals';
import { applicant, window } from '../testing/cases.js';
import { counterOf } from './counter-hours.js';

const general = [{ from: '08:30', to: '17:30' }];
const own = [{ from: '09:00', to: '16:00' }];
const hours = {
  sessions: general,
  departments: [
    { department: 'water', sessions: own },
    { department: 'natural-resources', sessions: [] },
  ],
};

test('C203 what a clerk enters came over the counter, and what an applicant sends came online, unless they say otherwise', () => {
  const byWindow = (department: string) => ({ actor: { ...window, department }, correlationId: 'c' });
  const byApplicant = { actor: applicant, correlationId: 'c' };
  const emergency = byWindow('emergency');
  expect([
    counterOf(hours, { meta: emergency }, null),
    counterOf(hours, { meta: emergency, channel: 'counter' }, null),
    counterOf(hours, { meta: emergency, channel: '窗口' }, null),
    counterOf(hours, { meta: emergency, channel: '网上' }, null),
    counterOf(hours, { meta: byApplicant }, 'water'),
    counterOf(hours, { meta: byApplicant, channel: 'counter' }, 'water'),
    counterOf(hours, { meta: byWindow('water') }, null),
    counterOf(hours, { meta: byWindow('natural-resources') }, 'water'),
  ]).toEqual([
    ...[{ counter: general }, { counter: general }, { counter: general }, {}, {}],
    ...[{ counter: own }, { counter: own }, {}],
  ]);
});
