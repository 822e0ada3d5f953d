import { expect } from '@jest/globals';
import { by } from '#libs/engine/event-sourcing';
import fc from 'fast-check';
import { type Body } from '../e2e/server.js';
import { type County } from './county.js';
import { type Filters, type List, lists, type Regions } from './filter-lists.js';

/** A list whole, page by page. */
async function every(county: County, path: string, filters: Filters, limit = 50): Promise<readonly Body[]> {
  const found: Body[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ ...filters, ...(cursor !== null && { cursor }) });
    if (!ONE_PAGE.includes(path)) query.set('limit', String(limit));
    const page: Body = await county.server.get(`${path}?${query.toString()}`, 'demo-supervisor');
    if (page.status !== 200) throw new Error(`${path}?${query.toString()}: ${JSON.stringify(page.body)}`);
    found.push(...page.body.items);
    cursor = page.body.nextCursor ?? null;
  } while (cursor !== null);
  return found;
}

/** Lists that come whole. */
const ONE_PAGE = ['/reports/workload'];

/** The regions of every project, as the projects themselves say. */
export async function regionsOf(county: County): Promise<Regions> {
  const projects = await every(county, '/projects', {});
  return new Map(projects.map(({ id, regions }) => [id, regions]));
}

/** What items call a field that a filter names otherwise. */
const OTHER_NAMES: { readonly [name: string]: readonly string[] } = {
  department: ['responsible'],
  campaign: ['campaigns'],
};

/** Values of the filters: what the items hold, and one that none of them holds where any text is taken. */
function valuesOf({ means, values = {} }: List, whole: readonly Body[]): [string, readonly string[]][] {
  return Object.keys(means)
    .map((name): [string, readonly string[]] => {
      const fields = [...(OTHER_NAMES[name] ?? []), name];
      const found = whole
        .flatMap((item) => item[fields.find((field) => field in item) ?? name] ?? [])
        .map(String);
      return [name, values[name] ?? [...new Set(found)]];
    })
    .filter(([, own]) => own.length > 0);
}

/** Any of the filters, each with one of its values; half of the time two at most, since many together find nothing. */
const filtersOf = (values: readonly (readonly [string, readonly string[]])[]): fc.Arbitrary<Filters> =>
  fc
    .oneof(
      fc.subarray([...values], { minLength: 1, maxLength: Math.min(2, values.length) }),
      fc.subarray([...values], { minLength: 1 }),
    )
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map(([name, own]) => fc.constantFrom(...own).map((value) => [name, value] as const)),
      ),
    )
    .map((chosen) => Object.fromEntries(chosen));

const idOf = (item: Body): string =>
  item['id'] ?? item['position'] ?? item['code'] ?? item['project'] ?? JSON.stringify(item);

/** Pages of a list of thousands are larger: else a run would be nothing but pages. */
const pageOf = (limit: number, { length }: readonly unknown[]) => (length > 300 ? 50 + limit : limit);

type Checked = {
  readonly list: List;
  readonly whole: ReadonlyMap<string, readonly Body[]>;
};

/** The items that a plain filter over the whole list leaves, in the order that the list has. */
function expectedOf({ list, whole }: Checked, filters: Filters): readonly Body[] {
  const { split, means, order } = list;
  const part = split === undefined ? '' : (filters[split.name] ?? split.values[0] ?? '');
  const found = (whole.get(part) ?? []).filter((item) =>
    Object.entries(filters).every(([name, value]) => means[name]?.(item, value, filters)),
  );
  const sort = order?.(filters) ?? null;
  return sort === null ? found : found.toSorted(by((item) => `${sort(item)} ${idOf(item)}`));
}

/** A list that says how many it holds says it of all that the filters leave, whatever page is shown. */
async function countsHold(
  county: County,
  path: string,
  { filters, items }: { readonly filters: Filters; readonly items: readonly Body[] },
): Promise<void> {
  const query = new URLSearchParams({ ...filters, count: 'true', limit: '1' });
  const { body } = await county.server.get(`${path}?${query.toString()}`, 'demo-supervisor');
  const lamps = ['red', 'yellow', 'green'].map((lamp) => [
    lamp,
    items.filter((item) => item['lamp'] === lamp).length,
  ]);
  const expected = { ...Object.fromEntries(lamps), total: items.length };
  expect([path, filters, body['counts']]).toMatchObject([path, filters, expected]);
}

/**
 * Any filters of a list together give the items that a plain filter over the whole list gives, in its order, whatever the size of the pages.
 * Returns how many items were found in all.
 */
export async function filtersHoldTogether(
  county: County,
  { path, regions, runs }: { readonly path: string; readonly regions: Regions; readonly runs: number },
): Promise<number> {
  const list = lists(regions)[path];
  if (list === undefined) throw new Error(`no such list: ${path}`);
  const { split, by: constant = {}, with: needs = {} } = list;
  const parts = split === undefined ? [''] : split.values;
  const whole = new Map<string, readonly Body[]>();
  for (const part of parts) {
    whole.set(part, await every(county, path, { ...constant, ...(split && { [split.name]: part }) }));
  }
  const items = [...whole.values()].flat();
  // With one item, and with filters that have one value, nothing would be left out.
  expect(items.length).toBeGreaterThan(1);
  let found = 0;
  await fc.assert(
    fc.asyncProperty(filtersOf(valuesOf(list, items)), fc.constantFrom(2, 7, 50), async (chosen, limit) => {
      const added = Object.keys(chosen).map((name) => needs[name] ?? {});
      const filters: Filters = Object.assign({}, chosen, ...added);
      if ((filters['from'] ?? '') > (filters['to'] ?? '~')) return;
      if ((filters['dueBefore'] ?? '~') <= (filters['dueAfter'] ?? '')) return;
      const left = expectedOf({ list, whole }, filters);
      const expected = left.map(idOf);
      found += expected.length;
      if (list.counts === true) await countsHold(county, path, { filters, items: left });
      const answered = await every(county, path, { ...constant, ...filters }, pageOf(limit, expected));
      expect([path, filters, answered.map(idOf)]).toEqual([path, filters, expected]);
    }),
    { numRuns: runs },
  );
  return found;
}

/** The totals of a region are those of its projects and cases. */
export async function totalsHold(county: County, region: string): Promise<void> {
  const projects = await every(county, '/projects', { region });
  const cases = await every(county, '/worklist', { region });
  const rows = projects.flatMap(({ applications }) => applications as readonly Body[]);
  const count = (of: readonly Body[], is: (one: Body) => boolean) => of.filter(is).length;
  const { body } = await county.server.get(`/reports/overview?region=${region}`, 'demo-supervisor');
  const ended = count(rows, ({ status }) => status === 'ended');
  expect(body).toMatchObject({
    region,
    projects: projects.length,
    completed: count(projects, ({ status }) => status === 'completed'),
    open: count(projects, ({ status }) => status === 'open'),
    keyProjects: count(projects, ({ keyProject }) => keyProject !== null),
    applications: {
      opened: rows.length,
      submitted: count(rows, ({ status }) => status !== 'not-submitted'),
      running: count(rows, ({ status }) => status === 'running'),
      ended,
      granted: count(rows, ({ outcome }) => outcome === 'granted'),
      refused: count(rows, ({ outcome }) => outcome === 'refused'),
      late: count(rows, ({ late }) => late === true),
    },
    lamps: Object.fromEntries(
      ['green', 'yellow', 'red'].map((lamp) => [lamp, count(cases, (one) => one['lamp'] === lamp)]),
    ),
  });
  const conformance = await county.server.get(`/reports/conformance?region=${region}`, 'demo-supervisor');
  const deviating = await every(county, '/reports/conformance', { region });
  expect([region, conformance.body['projects']]).toEqual([region, deviating.length]);
}
