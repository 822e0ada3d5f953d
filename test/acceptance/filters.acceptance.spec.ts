import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { simulateCounty } from '#libs/shell/simulation';
import { type HttpCommand } from '#libs/shell/nest';
import fc from 'fast-check';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
/** Parameters of every list, by its path. */
let lists = new Map<string, readonly string[]>();
/** Regions of each project, the wider ones too. */
const regions = new Map<string, readonly string[]>();

beforeAll(async () => {
  county = await County.open();
  const { server } = county;
  const bus = server.app.get(CommandBus);
  const execute = (command: HttpCommand) => bus.execute<Receipt>(command);
  await simulateCounty({ execute, calendar: server.system.calendar }, { projects: 30, seed: 4 });
  await county.account('li', 'applicant');
  await county.account('clerk', 'department-head', 'water');
  for (const [id, applicant] of [
    ['mill', 'demo-applicant'],
    ['dam', 'li'],
  ] as const) {
    await county.project(id, 'small', applicant);
    await county.done(`/applications/${id}-LX-06/submission`, applicant);
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
    await county.server.caughtUp();
    const dispute = { departments: ['water'], reason: '在河道管理范围内' };
    await county.done('/disputes', 'demo-head', {
      id: `${id}-1`,
      application: `${id}-LX-06`,
      ...dispute,
    });
  }
  for (const matter of ['LX-06', 'LX-01']) await county.list(matter, [{ name: '申请报告', key: false }]);
  let count = 0;
  for (const as of ['demo-applicant', 'li']) {
    for (const department of ['natural-resources', 'water']) {
      const asked = { department, urgency: 'urgent', text: '如何办理' };
      await county.done('/requests', as, { id: `r${++count}`, ...asked });
    }
    const doubt = { condition: { kind: 'material', name: '申请报告' }, reason: '法律没有要求' };
    for (const matter of ['LX-06', 'LX-01'])
      await county.done('/challenges', as, { id: `${as}-${matter}`, matter, ...doubt });
  }
  await county.done('/requests/r1/answer', 'demo-head', { answer: '按图办理' });
  for (const [id, matter] of [
    ['i1', 'LX-06'],
    ['i2', 'LX-06'],
    ['i3', 'LX-01'],
  ]) {
    const proposal = { id, matter, title: '少跑一趟', change: '合并两次踏勘' };
    await county.done('/improvements', 'demo-reviewer', proposal);
  }
  await county.done('/improvements/i1/drop', 'demo-head', { reason: '不值得' });
  const promise = { text: '按期完成', indicator: { name: '项目', unit: '个', target: 3 } };
  await county.done('/pledges', 'demo-head', { id: 'p1', dueOn: '2026-11-30', ...promise });
  await county.done('/pledges', 'clerk', { id: 'p2', dueOn: '2026-11-30', ...promise });
  await county.done('/pledges', 'clerk', { id: 'p3', dueOn: '2027-02-26', ...promise });
  county.clock.to('2026-12-28T02:00:00.000Z');
  await server.caughtUp();
  const { paths } = (await server.http.get('/api/docs-json')).body;
  lists = new Map(
    Object.entries<Body>(paths).flatMap(([path, { get }]) => {
      const names: string[] = (get?.parameters ?? [])
        .filter((parameter: Body) => parameter.in === 'query')
        .map(({ name }: Body) => name);
      return names.includes('cursor') ? [[path.slice('/api/v1'.length), names] as const] : [];
    }),
  );
  for (const { id, regions: own } of await every('/projects', {})) regions.set(id, own);
});
afterAll(() => county.close());

type Filters = { readonly [name: string]: string };

/** The whole list, page by page. */
async function every(path: string, filters: Filters): Promise<readonly Body[]> {
  const found: Body[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '50', ...filters, ...(cursor !== null && { cursor }) });
    const page: Body = await county.server.get(`${path}?${query.toString()}`, 'demo-supervisor');
    if (page.status !== 200) throw new Error(`${path}?${query.toString()}: ${JSON.stringify(page.body)}`);
    found.push(...page.body.items);
    cursor = page.body.nextCursor;
  } while (cursor !== null);
  return found;
}

/** What a filter means of an item; a value is always the text of the address. */
type Meaning = (item: Body, value: string) => boolean;
const is =
  (field: string): Meaning =>
  (item, value) =>
    String(item[field]) === value;
const has =
  (field: string): Meaning =>
  (item, value) =>
    (item[field] ?? []).includes(value);
const among =
  (field: string): Meaning =>
  (item, value) =>
    value.split(',').includes(item[field]);
/** The legal day that an instant at 24:00 ends: Beijing is eight hours ahead. */
const dueDay = ({ dueAt }: Body): string =>
  new Date(Date.parse(dueAt) + 8 * 3_600_000 - 1).toISOString().slice(0, 10);
const NO_DUE_DAY = '9999-12-31';
const isUnassigned = ({ open, stage, holder, reviewer }: Body): boolean =>
  open &&
  stage === 'accepted' &&
  holder.party === 'department' &&
  holder.person === null &&
  reviewer === null;
const inRegion: Meaning = ({ project }, value) => (regions.get(project) ?? []).includes(value);

type List = {
  /** Without any filter; where a filter has a default, the lists that make up the whole. */
  readonly whole?: readonly Filters[];
  readonly means: { readonly [name: string]: Meaning };
  /** Values in addition to those found in the list. */
  readonly values?: { readonly [name: string]: readonly string[] };
};

const LISTS: { readonly [path: string]: List } = {
  '/worklist': {
    whole: [{ open: 'true' }, { open: 'false' }],
    means: {
      department: is('responsible'),
      person: is('person'),
      region: has('regions'),
      lamp: among('lamp'),
      stage: among('stage'),
      open: is('open'),
      q: ({ id, projectName }, value) => `${id} ${projectName}`.includes(value),
      matter: is('matter'),
      project: is('project'),
      applicant: is('applicant'),
      dueBefore: (item, value) => dueDay(item) < value,
      dueAfter: (item, value) => dueDay(item) > value && dueDay(item) !== NO_DUE_DAY,
      unassigned: (item, value) => String(isUnassigned(item)) === value,
    },
    values: {
      region: ['210500', '210521', '110000'],
      lamp: ['green', 'yellow', 'red', 'green,red', 'red,yellow,yellow'],
      stage: ['submitted', 'accepted', 'accepted,decided', 'delivered,closed'],
      open: ['true', 'false'],
      q: ['mill', '冷库', 'LX-06', 'nothing'],
      dueBefore: ['2026-12-01', '2026-12-28', '2027-02-01'],
      dueAfter: ['2026-11-30', '2026-12-27'],
      unassigned: ['true', 'false'],
    },
  },
  '/projects': {
    means: {
      region: has('regions'),
      applicant: is('applicant'),
      status: is('status'),
      late: is('late'),
      key: ({ keyProject }, value) => String(keyProject !== null) === value,
      campaign: has('campaigns'),
    },
    values: { region: ['210500', '210521', '110000'], key: ['true', 'false'], late: ['true', 'false'] },
  },
  '/reports/stalled': {
    means: {
      region: inRegion,
      key: ({ keyProject }, value) => value === 'false' || keyProject === true,
    },
    values: { region: ['210500', '210521', '110000'], key: ['true', 'false'] },
  },
  '/reports/signals': {
    means: { signal: is('signal'), department: is('department'), project: is('project') },
  },
  '/audit': {
    means: {
      stream: is('stream'),
      actor: ({ actor }, value) => actor.person === value,
      type: is('type'),
      from: ({ occurredAt }, value) => occurredAt >= value,
      to: ({ occurredAt }, value) => occurredAt <= value,
    },
    values: {
      actor: ['demo-applicant', 'demo-head', 'nobody'],
      from: ['2026-01-01T00:00:00.000Z', '2026-11-24T02:00:00.000Z'],
      to: ['2026-11-24T02:00:00.000Z', '2026-12-31T00:00:00.000Z'],
    },
  },
  '/disputes': { means: { status: is('status'), matter: is('matter') } },
  '/requests': {
    means: {
      status: is('status'),
      department: is('department'),
      applicant: is('applicant'),
    },
  },
  '/challenges': {
    means: {
      status: is('status'),
      department: is('department'),
      matter: is('matter'),
      applicant: ({ challenger }, value) => challenger.person === value,
    },
    values: { applicant: ['demo-applicant', 'li', 'nobody'] },
  },
  '/improvements': { means: { status: is('status'), matter: is('matter') } },
  '/pledges': { means: { status: is('status'), department: is('department') } },
  '/matters': { means: { department: is('department'), kind: is('kind') } },
};

/** Lists that are whole with one filter, or with those that choose what is counted and not what is shown. */
const ONE_FILTER = [
  '/accounts',
  '/notices',
  '/reports/co-handling',
  '/reports/conformance',
  '/reports/key-projects',
  '/reports/matters',
  '/reports/self-inspections',
  '/reports/service-quality',
  '/sessions',
];
/** Of a worklist: who acted, which no item says, its order, and whether it is counted. See worklist.acceptance.spec.ts. */
const OTHER_WORKLIST = ['actedBy', 'count', 'since', 'sort'].map((name) => `/worklist ${name}`);
/** What no list is filtered by. */
const OF_PAGES = ['limit', 'cursor', 'after', 'asOf'];

test('F3 the table below has every list of the OpenAPI document that takes filters, with all of them', () => {
  const filtered = [...lists].filter(([, names]) => names.some((name) => !OF_PAGES.includes(name)));
  expect(filtered.map(([path]) => path).sort()).toEqual([...Object.keys(LISTS), ...ONE_FILTER].sort());
  const wanting = Object.entries(LISTS).flatMap(([path, { means }]) => {
    const other = lists.get(path)?.filter((name) => !(name in means) && !OF_PAGES.includes(name)) ?? [];
    return other.map((name) => `${path} ${name}`);
  });
  // Whose opinion is awaited, and what is over its time: other lists of the same things.
  expect(wanting.sort()).toEqual(
    ['/challenges overdue', '/requests overdue', '/worklist awaiting', ...OTHER_WORKLIST].sort(),
  );
});

/** What items call a field that a filter names otherwise. */
const OTHER_NAMES: { readonly [name: string]: readonly string[] } = {
  department: ['responsible'],
  campaign: ['campaigns'],
};

/** Values of the filters: what the items hold, and one that none of them holds where any text is taken. */
function valuesOf(
  { means, values = {} }: List,
  whole: readonly Body[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.keys(means).map((name) => {
      const fields = [...(OTHER_NAMES[name] ?? []), name];
      const found = whole
        .flatMap((item) => item[fields.find((field) => field in item) ?? name] ?? [])
        .map(String);
      return [name, values[name] ?? [...new Set(found)]] as const;
    }),
  );
}

test.each(Object.keys(LISTS))('F3 all filters of %s hold together, whichever they are', async (path) => {
  const list = LISTS[path] ?? { means: {} };
  const parts = await Promise.all((list.whole ?? [{}]).map((filters) => every(path, filters)));
  const whole = parts.flat();
  expect(whole.length).toBeGreaterThan(1);
  const values = [...valuesOf(list, whole)].filter(([, own]) => own.length > 0);
  expect(values.length).toBeGreaterThan(1);
  const filter = fc
    .subarray(values, { minLength: 2, maxLength: Math.min(3, values.length) })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map(([name, own]) => fc.constantFrom(...own).map((value) => [name, value] as const)),
      ),
    );
  const keyOf = (item: Body): string => item.id ?? item.position ?? item.code ?? item.project;
  let found = 0;
  await fc.assert(
    fc.asyncProperty(filter, async (chosen) => {
      const filters: Filters = Object.fromEntries(chosen);
      if ((filters['from'] ?? '') > (filters['to'] ?? '~')) return;
      if ((filters['dueBefore'] ?? '~') <= (filters['dueAfter'] ?? '')) return;
      const asked = path === '/worklist' && !('open' in filters) ? { ...filters, open: 'true' } : filters;
      const expected = whole.filter((item) =>
        Object.entries(asked).every(([name, value]) => list.means[name]?.(item, value)),
      );
      found += expected.length;
      const answered = await every(path, filters);
      expect([filters, answered.map(keyOf).sort()]).toEqual([filters, expected.map(keyOf).sort()]);
    }),
    { numRuns: 60 },
  );
  // Some of them find something: else nothing would have been compared.
  expect(found).toBeGreaterThan(0);
});
