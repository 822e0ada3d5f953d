import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { type Demand, demandTable, findProofs, parseDemands, proofsIn, unproven } from './demands.js';

const root = new URL('../..', import.meta.url).pathname;

describe('the demands of this repository', () => {
  const demands = parseDemands('data/demands.yaml', readFileSync(`${root}data/demands.yaml`, 'utf8'));

  test('no row is claimed that no test proves', async () => {
    expect(unproven(demands, await findProofs(root))).toEqual([]);
  });

  test('all rows of the opening and of the four requirements are there, in their order', () => {
    expect(demands.map(({ row }) => row)).toEqual([
      ...['0.1', '0.2', '0.3', '0.4', '0.5', '2.0', '2.1a', '2.1b', '2.1c', '2.1d', '2.1e'],
      ...['2.2a', '2.2b', '2.2c', '2.2d', '2.2e'],
      ...['2.3a', '2.3b', '2.3c', '2.3d', '2.3e', '2.3f', '2.3g', '2.3h'],
      ...['2.4a', '2.4b', '2.4c', '2.4d', '2.4e', '2.4f'],
    ]);
  });
});

const demand = (row: string, status: Demand['status']): Demand => ({
  row,
  quote: '话',
  feature: 'does it',
  status,
});

test('a title proves the rows it begins with, and no others', () => {
  const source = [
    "  test('2.3f agents act', async () => {",
    "it('0.1, 0.2 two rows', () => {",
    '  test(\n    "1.9 the list",',
    "test('about 2.4d', () => {",
    "test('2 rows', () => {",
  ].join('\n');
  expect(proofsIn('a.spec.ts', source)).toEqual([
    { row: '2.3f', title: '2.3f agents act', file: 'a.spec.ts' },
    { row: '0.1', title: '0.1, 0.2 two rows', file: 'a.spec.ts' },
    { row: '0.2', title: '0.1, 0.2 two rows', file: 'a.spec.ts' },
    { row: '1.9', title: '1.9 the list', file: 'a.spec.ts' },
  ]);
});

test('the table shows each row with its proofs, and the claim that none proves', () => {
  const demands = [demand('2.3f', 'claimed'), demand('2.4d', 'claimed'), demand('2.0', 'not-yet')];
  const proofs = [{ row: '2.3f', title: '2.3f agents act', file: 'a.spec.ts' }];
  expect(unproven(demands, proofs)).toEqual(['2.4d']);
  expect(demandTable(demands, proofs)).toBe(
    [
      '2.3f  claimed  话',
      '      does it',
      '      - a.spec.ts: 2.3f agents act',
      '2.4d  claimed  话',
      '      does it',
      '      - NO TEST PROVES IT',
      '2.0   not-yet  话',
      '      does it',
      '2 of 3 rows claimed',
      '',
    ].join('\n'),
  );
});

test('a list that cannot be used says where', () => {
  const list = (entry: string) => () => parseDemands('demands.yaml', `demands:\n  - ${entry}`);
  expect(() => parseDemands('demands.yaml', '')).toThrow('demands.yaml: there is no list of demands');
  expect(list('{ row: 2.3 }')).toThrow("demands.yaml: entry 1 has no row number such as '2.3f'");
  expect(list('{ row: 2.3f, quote: q }')).toThrow('demands.yaml: row 2.3f needs a quote and a feature');
  expect(list('{ row: 2.3f, quote: q, feature: f, status: perhaps }')).toThrow(
    'demands.yaml: status of row 2.3f must be one of claimed, not-yet',
  );
  const row = '{ row: 2.3f, quote: q, feature: f, status: claimed }';
  expect(list(`${row}\n  - ${row}`)).toThrow('demands.yaml: row 2.3f is listed twice');
});
