import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body, TestServer } from './server.js';

interface Route {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly parameters: ReadonlyMap<string, boolean>;
}

let server: TestServer;
let routes: readonly Route[] = [];
beforeAll(async () => {
  server = await TestServer.start({ env: { DOCS: 'public' } });
  const { paths } = (await server.http.get('/api/docs-json')).body;
  routes = Object.entries<Body>(paths).flatMap(([path, methods]) =>
    Object.entries<Body>(methods)
      .filter(() => path.startsWith('/api/v1/'))
      .map(([method, { parameters = [] }]) => ({
        path: path
          .slice('/api/v1'.length)
          .replace('{id}', 'mill')
          .replace(/\{\w+\}/g, 'GC-02'),
        method: method as Route['method'],
        parameters: new Map(
          parameters
            .filter((parameter: Body) => parameter.in === 'query')
            .map((parameter: Body) => [parameter.name, parameter.required === true]),
        ),
      })),
  );
  await server.post('/projects', 'demo-applicant', { id: 'mill', name: '水磨', template: 'small' });
  await server.caughtUp();
});
afterAll(() => server.remove());

/** Accounts among which there is one of every role that may call a route. */
const CALLERS = [
  ...['demo-supervisor', 'demo-admin', 'demo-applicant', 'demo-head', 'demo-window', 'demo-reviewer'],
  ...['demo-leader', 'demo-campaign'],
];

/** The answer to a caller whom the route admits by role. */
async function told({ path, method }: Route, query: string): Promise<readonly unknown[]> {
  for (const as of CALLERS) {
    const body = method === 'post' ? { body: {} } : {};
    const answer = await server.send(method.toUpperCase(), `${path}?${query}`, { as, ...body });
    if (answer.status !== 403) return refusal(answer);
  }
  return [403];
}

const refusal = ({ status, body }: { status: number; body: Body }) => [
  status,
  body?.errors?.map(({ field }: Body) => field) ?? body?.code,
];

/** fetch sends no body with GET. */
async function bodyOnGet(path: string, body: string): Promise<readonly unknown[]> {
  const authorization = `Bearer ${await server.token('demo-leader')}`;
  const sent = request(`${server.url}/api/v1${path}`, {
    headers: { authorization, 'content-type': 'application/json', 'content-length': `${body.length}` },
  });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return refusal({ status: answer.statusCode ?? 0, body: JSON.parse(await text(answer)) });
}

describe('D4 a parameter that no route reads is refused', () => {
  test('D4 an unknown parameter on every command, and nothing is stored', async () => {
    const events = await server.events();
    const commands = routes.filter(({ method, path }) => method === 'post' && path !== '/reports/what-if');
    expect(commands.length).toBeGreaterThan(80);
    for (const route of commands) {
      expect([route.path, await told(route, 'dryRun=true')]).toEqual([route.path, [400, ['dryRun']]]);
    }
    expect(await server.events()).toBe(events);
  });

  test('D4 `after` is of queries', async () => {
    expect(refusal(await server.post('/projects?after=1', 'demo-applicant', {}))).toEqual([400, ['after']]);
    expect(refusal(await server.post('/reports/what-if?after=x', 'demo-leader', {}))).toEqual([
      400,
      ['after'],
    ]);
    expect(refusal(await server.post('/reports/what-if?dry=1', 'demo-leader', {}))).toEqual([400, ['dry']]);
  });

  test('D4 an unknown parameter on every query', async () => {
    const queries = routes.filter(({ method }) => method === 'get');
    expect(queries.length).toBeGreaterThan(55);
    for (const route of queries) {
      expect([route.path, await told(route, 'surprise=1')]).toEqual([route.path, [400, ['surprise']]]);
      expect([route.path, await told(route, 'after=1&after=2')]).toEqual([route.path, [400, ['after']]]);
    }
  });

  test('D4 a repeated parameter, `__proto__`, and a body on a route that reads none', async () => {
    expect(refusal(await server.get('/worklist?limit=1&limit=2', 'demo-leader'))).toEqual([400, ['limit']]);
    expect(refusal(await server.get('/worklist?__proto__=1&a[b]=2', 'demo-leader'))).toEqual([
      400,
      ['__proto__', 'a[b]'],
    ]);
    const many = Array.from({ length: 500 }, (_, n) => `k${n}`).join('=&');
    const answer = await server.get(`/worklist?${many}`, 'demo-leader');
    expect([answer.status, answer.body.errors.length, answer.body.more]).toEqual([400, 20, 480]);
    expect(await bodyOnGet('/worklist', '{"limit":1}')).toEqual([400, ['body']]);
    expect(await bodyOnGet('/worklist', '')).toEqual([200, undefined]);
  });
});

test('T1 nothing has a name in an address that shows nothing or disguises itself', async () => {
  const names = ['%00', '%E3%80%80', '%E2%80%8B', '%0A', 'a%E2%80%AEb', '%E3%85%A4', 'x'.repeat(201)];
  for (const thing of [
    'projects',
    'applications',
    'requests',
    'departments',
    'matters',
    'plans',
    'bulletins',
  ]) {
    for (const name of names)
      expect([thing, name, refusal(await server.get(`/${thing}/${name}`, 'demo-supervisor'))]).toEqual([
        thing,
        name,
        [404, 'http.not-found'],
      ]);
  }
});

describe('T4 every list refuses what it cannot mean', () => {
  test('T4 sizes of a page', async () => {
    const lists = routes.filter(({ method, parameters }) => method === 'get' && parameters.has('limit'));
    expect(lists.length).toBeGreaterThan(25);
    for (const route of lists) {
      for (const limit of ['0', '1001', 'x', '-1', '1.5', '', '1e2', '%E4%B8%80'])
        expect([route.path, limit, (await told(route, `limit=${limit}`))[0]]).toEqual([
          route.path,
          limit,
          400,
        ]);
    }
  });

  test('T4 D20 cursors that were not given out', async () => {
    const lists = routes.filter(({ method, parameters }) => method === 'get' && parameters.has('cursor'));
    for (const route of lists) {
      for (const cursor of [
        'garbage',
        '',
        'x'.repeat(9_000),
        Buffer.from('["2026-01-01T00:00:00.000Z","x"]').toString('base64url'),
      ])
        expect([route.path, cursor.slice(0, 20), await told(route, `cursor=${cursor}`)]).toEqual([
          route.path,
          cursor.slice(0, 20),
          [400, 'query.invalid'],
        ]);
    }
  });
});

/** Queries that look at a span of days. */
const spans = () =>
  routes.filter(
    ({ method, path, parameters }) =>
      method === 'get' && parameters.has('from') && parameters.has('to') && !path.endsWith('/comparison'),
  );

describe('days and spans of queries', () => {
  test('D9 T4 days that do not exist, or of another century, and spans that end before they begin', async () => {
    expect(
      spans()
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      '/audit',
      '/permits',
      '/reports/back-entries',
      '/reports/co-handling',
      '/reports/compression',
      '/reports/matters',
      '/reports/service-quality',
      '/reports/signals',
      '/reports/workload',
      '/roster/gaps',
    ]);
    for (const route of spans()) {
      const cases = [
        ['from=2026-02-30&to=2026-03-01', ['from']],
        ['from=2026-02-01&to=2026-02-29', ['to']],
        ['from=0001-01-01&to=0001-02-01', ['from', 'to']],
        ['from=1899-12-31&to=1900-01-01', ['from']],
        ['from=2199-12-31&to=2200-01-01', ['to']],
        ['from=9999-12-31&to=9999-12-31', ['from', 'to']],
        ['from=2026-1-1&to=2026-01-02', ['from']],
        ['from=%202026-01-01&to=2026-01-02', ['from']],
        ['from=2026-01-02&to=2026-01-01', ['to']],
      ] as const;
      for (const [query, fields] of cases) {
        const [status, found] = await told(route, query);
        // These take instants too, and read one after the other.
        const wanted = ['/audit', '/reports/signals'].includes(route.path) ? fields.slice(0, 1) : fields;
        expect([route.path, query, status, found]).toEqual([route.path, query, 400, wanted]);
      }
    }
  });

  test('D8 a span has a limit that the refusal names, and a span of exactly the limit is answered', async () => {
    const ask = async (path: string) => {
      const { status, body } = await server.get(path, 'demo-leader');
      return [status, body?.errors?.map(({ field, reason }: Body) => `${field} ${reason}`) ?? null];
    };
    for (const path of [
      '/reports/matters',
      '/reports/co-handling',
      '/reports/service-quality',
      '/roster/gaps',
    ]) {
      expect([path, ...(await ask(`${path}?from=2025-01-01&to=2026-01-01`))]).toEqual([path, 200, null]);
      expect([path, ...(await ask(`${path}?from=2025-01-01&to=2026-01-02`))]).toEqual([
        path,
        400,
        ['to must be within 366 days of from'],
      ]);
    }
    for (const path of ['/reports/workload?', '/reports/workload?by=day&department=natural-resources&']) {
      // 3,660 days from 2016-01-01, of which three are in leap years: the last is 2026-01-07.
      expect([path, ...(await ask(`${path}from=2016-01-01&to=2026-01-07`))]).toEqual([path, 200, null]);
      expect([path, ...(await ask(`${path}from=2016-01-01&to=2026-01-08`))]).toEqual([
        path,
        400,
        ['to must be within 3660 days of from'],
      ]);
    }
    expect(await ask('/reports/workload?from=1900-01-01&to=2199-12-31')).toEqual([
      400,
      ['to must be within 3660 days of from'],
    ]);
  });

  test('D9 the edges of what is taken are answered everywhere', async () => {
    for (const route of spans()) {
      for (const day of ['1900-01-01', '2199-12-31'])
        expect([route.path, day, await told(route, `from=${day}&to=${day}`)]).toEqual([
          route.path,
          day,
          [200, undefined],
        ]);
    }
  });

  test('D9 one day, and the id of a half month', async () => {
    const days = [
      '/campaign-office?on=',
      '/rosters/natural-resources?on=',
      '/matters/LX-06/responsible?on=',
      '/duty-gaps?on=',
    ];
    for (const path of days) {
      for (const day of [
        '2026-02-30',
        '0000-01-01',
        '1899-12-31',
        '2200-01-01',
        '9999-12-31',
        '2026-13-01',
        '',
      ])
        expect([path, day, refusal(await server.get(`${path}${day}`, 'demo-admin'))]).toEqual([
          path,
          day,
          [400, ['on']],
        ]);
    }
    for (const id of ['0000-01-01', '9999-12-16', '1899-12-16', '2026-02-30', '2026-02-02'])
      expect([id, refusal(await server.get(`/bulletins/${id}/diagnostics`, 'demo-supervisor'))]).toEqual([
        id,
        [404, 'http.not-found'],
      ]);
  });

  test('T4 a type of event that there is not, and instants in the wrong order', async () => {
    const ask = async (query: string) => refusal(await server.get(`/audit?${query}`, 'demo-supervisor'));
    expect(await ask('type=ApplicationApprovd')).toEqual([400, ['type']]);
    expect(await ask('type=')).toEqual([400, ['type']]);
    expect(await ask('type=CanaryClimbed')).toEqual([200, undefined]);
    expect(await ask('from=2026-01-01T00:00:01Z&to=2026-01-01T08:00:00%2B08:00')).toEqual([400, ['to']]);
    expect(await ask('from=2026-01-01T00:00:00Z&to=2026-01-01T08:00:00%2B08:00')).toEqual([200, undefined]);
    expect(await ask('from=2026-02-30T00:00:00Z')).toEqual([400, ['from']]);
    expect(await ask('to=2200-01-01T00:00:00Z')).toEqual([400, ['to']]);
  });
});
