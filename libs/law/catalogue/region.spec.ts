import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PROJECT_REGION, REGION, regionAndAncestors, regionRange } from './region.js';

describe('regionAndAncestors', () => {
  test.each([
    ['210521', ['000000', '210000', '210500', '210521']],
    ['210500', ['000000', '210000', '210500']],
    ['210000', ['000000', '210000']],
    ['000000', ['000000']],
    ['210521100201', ['000000', '210000', '210500', '210521', '210521100000', '210521100201']],
    ['210521100000', ['000000', '210000', '210500', '210521', '210521100000']],
    ['NL', ['000000', 'NL']],
    ['elsewhere', ['000000', 'elsewhere']],
  ])('%s', (code, regions) => {
    expect(regionAndAncestors(code)).toEqual(regions);
  });
});

test.each([
  ['210521', true, true],
  ['210521100', true, false],
  ['210521100201', true, true],
  ['NL', true, true],
  ['nl', false, false],
  ['NLD', false, false],
  ['N', false, false],
  ['ZZ', false, false],
  ['XX', false, false],
  ['21052', false, false],
  ['', false, false],
])('%j is a region: %s, and a project may lie in it: %s', (code, isRegion, mayHoldProjects) => {
  expect([REGION.test(code), PROJECT_REGION.test(code)]).toEqual([isRegion, mayHoldProjects]);
});

test('a foreign log has a region of its own, which nothing else is in', () => {
  const range = regionRange('NL');
  const isIn = (code: string) => range !== null && code >= range.gte && code < range.lt;
  expect(['NL', 'NLD', 'NM', '210521', '000000'].filter(isIn)).toEqual(['NL']);
});

describe('regionRange', () => {
  const digits = (length: number) =>
    fc
      .array(fc.constantFrom('0', '1', '2', '9'), { minLength: length, maxLength: length })
      .map((d) => d.join(''));

  test('holds exactly the codes that roll up to the region', () => {
    fc.assert(
      fc.property(fc.oneof(digits(6), digits(12)), fc.oneof(digits(6), digits(12)), (code, other) => {
        for (const region of [...regionAndAncestors(code), ...regionAndAncestors(other)]) {
          // 21 00 21 would be a county of no city: GB/T 2260 has none, and a prefix could not distinguish them.
          if (/^\d{2}00(?!00)/.test(code) || /^00/.test(code) || /^\d{6}000(?!000)/.test(code)) return;
          if (/^\d{2}00(?!00)/.test(region) || /^\d{6}000(?!000)/.test(region)) continue;
          const range = regionRange(region);
          const inside = range === null || (code >= range.gte && code < range.lt);
          expect(inside).toBe(regionAndAncestors(code).includes(region));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
