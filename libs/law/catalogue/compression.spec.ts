import { expect, test } from '@jest/globals';
import { type TimeLimit } from '#libs/law/calendar';
import { rankCompression } from './compression.query.js';

const limit = (days: number, unit: TimeLimit['unit'] = 'working-day'): TimeLimit => ({
  days,
  unit,
  start: 'acceptance',
});
const matter = (code: string, statutory: TimeLimit | null, promised: TimeLimit | null) => ({
  code,
  kind: 'filing' as const,
  name: code,
  department: 'water',
  statutory,
  promised,
  limitsVerified: code !== 'A-4',
});

test('matters rank by the part of the statutory term that is saved; what cannot be rated is listed apart', () => {
  const { items, unrated } = rankCompression([
    matter('A-1', limit(20), limit(20)),
    matter('A-2', limit(20), limit(5)),
    matter('A-3', limit(20), null),
    matter('A-4', limit(8), limit(2)),
    // 60 calendar days are 43 working days; 0 days: done on the day of receipt (即办).
    matter('A-5', limit(60, 'calendar-day'), limit(30)),
    matter('A-6', limit(7, 'calendar-day'), limit(0)),
    matter('A-7', null, limit(5)),
    matter('A-8', limit(0), limit(0)),
  ]);
  expect(items.map(({ matter: code, rate, rank, verified }) => [code, rate, rank, verified])).toEqual([
    ['A-6', 1, 1, true],
    ['A-2', 0.75, 2, true],
    ['A-4', 0.75, 2, false],
    ['A-5', 0.3023, 4, true],
    ['A-1', 0, 5, true],
  ]);
  expect(unrated).toEqual(['A-3', 'A-7', 'A-8']);
});
