import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AREAS, expected, routesOf } from './access-table.js';
import { WALKERS } from './people.js';
import { type Question, questionsAbout, type Things, thingsToRead } from './scenes/reading.scenes.js';
import { type Walker } from './scene.js';
import { World } from './world.js';

let world: World;
let things: Things;
beforeAll(async () => {
  world = await World.open();
  things = await thingsToRead(world);
  await world.server.caughtUp();
});
afterAll(() => world.close());

test('the table has every route of the OpenAPI document once, and no other', async () => {
  const token = await world.server.token('demo-admin');
  const answer = await world.server.http.get('/api/docs-json').set('authorization', `Bearer ${token}`);
  const { paths } = answer.body as { readonly paths: Readonly<Record<string, object>> };
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  );
  const named = new Set(AREAS.flatMap(routesOf).map((line) => line.replace(/\?.*/, '')));
  expect([...named].sort()).toEqual(documented.sort());
});

test('everybody asks every question, and is shown the thing or refused as the table says', async () => {
  const questions = questionsAbout(things);
  expect(routesOf('reading').filter((route) => questions[route] === undefined)).toEqual([]);
  const before = await world.end();
  const surprises: string[] = [];
  for (const route of routesOf('reading')) {
    for (const walker of WALKERS) {
      const question = questions[route] ?? { path: '' };
      const seen = await ask(route, question, walker);
      const wanted = expected('reading', route, walker);
      const right = seen === wanted || (wanted === 'refused' && seen === (walker.id === null ? 401 : 403));
      if (!right) surprises.push(`${route}: ${walker.role} (${walker.stand}) is ${seen}, not ${wanted}`);
    }
  }
  expect(surprises).toEqual([]);
  expect(await world.end()).toBe(before);
});

async function ask(route: string, question: Question, { id, mandate }: Walker) {
  const { body, path, shows = '', status: wanted } = question;
  const [method = ''] = route.split(' ');
  const { status, body: answer } = await world.send(id, method, path, {
    ...(body === undefined ? {} : { body }),
    ...(mandate === undefined ? {} : { mandate }),
  });
  if (status === wanted) return 'in';
  if (status !== 200 && status !== 201) return status === 404 ? 403 : status;
  return JSON.stringify(answer).includes(shows) ? 'in' : 'empty';
}
