import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type County } from './county.js';
import { filtersHoldTogether, regionsOf, totalsHold } from './filter-checks.js';
import { lists, type Regions } from './filter-lists.js';
import { filteredCounty } from './filtered-county.js';

// The property of filters.acceptance.spec.ts on a county of four times the size, with many more questions.

let county: County;
let regions: Regions;

beforeAll(async () => {
  county = await filteredCounty(120);
  regions = await regionsOf(county);
});
afterAll(() => county.close());

test.each(Object.keys(lists(new Map())))(
  'F3 all filters of %s hold together in a larger county',
  async (path) => {
    expect(await filtersHoldTogether(county, { path, regions, runs: 150 })).toBeGreaterThan(0);
  },
);

test('F3 the totals of every region are those of its projects and cases', async () => {
  for (const region of new Set([...regions.values()].flat())) await totalsHold(county, region);
});
