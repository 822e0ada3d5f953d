import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { custodyRank, heldUntil, type Holder, isGovernment, sameHolder } from './holder.js';

const holder = (party: Holder['party']): Holder => ({
  party,
  department: 'water',
  post: '窗口',
  person: 'Li',
});

const by = holder('department');

test('two holders are the same when nothing differs', () => {
  const others: Holder[] = [
    { ...by },
    { ...by, party: 'inter-department' },
    { ...by, department: null },
    { ...by, post: null },
    { ...by, person: 'Wu' },
  ];
  expect(others.map((other) => sameHolder(by, other))).toEqual([true, false, false, false, false]);
});

test('the government ranks first, the applicant last', () => {
  const parties = ['department', 'inter-department', 'excluded-procedure', 'applicant'] as const;
  expect(parties.map((party) => [isGovernment(holder(party)), custodyRank(holder(party))])).toEqual([
    [true, 0],
    [true, 0],
    [false, 1],
    [false, 2],
  ]);
});

test('the running stretch ends where it is read', () => {
  const ended = [{ by, from: '2026-11-02T01:00:00.000Z', to: '2026-11-02T02:00:00.000Z' }];
  const running = { by, since: '2026-11-02T02:00:00.000Z' };
  expect(heldUntil(ended, running, '2026-11-02T03:00:00.000Z')).toEqual([
    ...ended,
    { by, from: '2026-11-02T02:00:00.000Z', to: '2026-11-02T03:00:00.000Z' },
  ]);
  expect(heldUntil(ended, running, '2026-11-02T02:00:00.000Z')).toEqual(ended);
  expect(heldUntil(ended, null, '2026-11-02T03:00:00.000Z')).toEqual(ended);
});
