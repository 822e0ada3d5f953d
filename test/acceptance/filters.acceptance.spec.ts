import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { type County } from './county.js';
import { filtersHoldTogether, regionsOf, totalsHold } from './filter-checks.js';
import { COUNTED, lists, NO_FILTER, OF_PAGES, type Regions } from './filter-lists.js';
import { filteredCounty } from './filtered-county.js';

let county: County;
let regions: Regions;

beforeAll(async () => {
  county = await filteredCounty(30);
  regions = await regionsOf(county);
});
afterAll(() => county.close());

/** A list has pages; reports are lists, too, some of them of one page. Things by their id, and what is in them, are none. */
const isList = (path: string, names: readonly string[]) =>
  !path.includes('{') && (names.includes('cursor') || path.startsWith('/reports/'));

test('F3 the table of lists has every list of the OpenAPI document, with all of its filters', async () => {
  const { paths } = (await county.server.http.get('/api/docs-json')).body;
  const asked = Object.entries<Body>(paths).flatMap(([address, { get }]) => {
    const path = address.slice('/api/v1'.length);
    const names: string[] = (get?.parameters ?? [])
      .filter((parameter: Body) => parameter.in === 'query')
      .map(({ name }: Body) => name);
    if (!isList(path, names)) return [];
    return names.filter((name) => !OF_PAGES.includes(name)).map((name) => `${path} ${name}`);
  });
  const means = Object.entries(lists(new Map())).flatMap(([path, list]) =>
    Object.keys(list.means).map((name) => `${path} ${name}`),
  );
  const others = Object.entries(COUNTED).flatMap(([path, names]) => names.map((name) => `${path} ${name}`));
  const none = Object.entries(NO_FILTER).flatMap(([path, names]) => names.map((name) => `${path} ${name}`));
  expect(asked.sort()).toEqual([...means, ...others, ...none].sort());
});

test.each(Object.keys(lists(new Map())))(
  'F3 all filters of %s hold together, in the order of the list and on all of its pages',
  async (path) => {
    // Some of them find something: else nothing would have been compared.
    expect(await filtersHoldTogether(county, { path, regions, runs: 30 })).toBeGreaterThan(0);
  },
);

test.each(['000000', '210500', '210521', '210521100000', '110000'])(
  'F3 the totals of region %s are those of its projects and cases',
  async (region) => totalsHold(county, region),
);
