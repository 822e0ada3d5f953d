import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
});
afterAll(() => county.close());

/** As anybody asks, without an account. */
const ask = (path: string, sent: Record<string, string> = {}) => county.server.get(path, undefined, sent);

it('A30 what the law has published is read without a token, kept by caches, and names no person', async () => {
  await county.done('/duties/LX-06/assignment', 'demo-admin', { person: 'demo-head' });
  await county.server.caughtUp();
  const paths = [
    '/permits',
    '/matters?limit=200',
    '/matters/LX-06',
    '/abolished-matters',
    '/questionnaire',
    '/templates',
    '/templates/small',
    '/matters/LX-06/responsible',
  ];
  for (const path of paths) {
    const { status, body, headers } = await ask(path);
    expect([path, status, headers.get('cache-control'), headers.get('vary')]).toEqual([
      path,
      200,
      'public, max-age=60',
      'authorization, cookie, accept-encoding',
    ]);
    expect(JSON.stringify(body)).not.toMatch(/"person"|demo-/);
  }
  const matter = (await ask('/matters/LX-06')).body;
  const whole = (await county.server.get('/matters/LX-06', 'demo-applicant')).body;
  const { changedBy, ...rest } = whole;
  const { person, ...office } = changedBy;
  expect([typeof person, matter]).toEqual(['string', { ...rest, changedBy: office }]);
  expect(
    ['steps', 'materials', 'statutory', 'promised', 'legalBasis'].filter((name) => !(name in matter)),
  ).toEqual([]);
});

it('A30 a token that is sent has to be good; the past, a wait and all else ask for one', async () => {
  const answers = [
    await ask('/matters', { authorization: 'Bearer nonsense' }),
    await ask('/matters?asOf=2026-11-24'),
    await ask('/matters?after=1'),
    await ask('/duty-gaps'),
    await ask('/matters/LX-06/versions'),
    await ask('/projects'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
  expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual(answers.map(() => 'no-store'));
  expect((await ask('/matters/ZZ-99')).status).toBe(404);
});

it('A30 the interface says which questions need no token', async () => {
  const { paths } = (await county.server.http.get('/api/docs-json')).body;
  const open = Object.keys(paths).filter((path) => paths[path].get?.security?.length === 0);
  expect(open.sort()).toEqual(
    [
      '/abolished-matters',
      '/catalogues/{id}',
      '/matters',
      '/matters/{code}',
      '/matters/{code}/responsible',
      '/permits',
      '/questionnaire',
      '/templates',
      '/templates/{code}',
    ].map((path) => `/api/v1${path}`),
  );
});
