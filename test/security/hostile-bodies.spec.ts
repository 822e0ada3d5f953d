import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Area, expected, routesOf } from './access-table.js';
import { fieldsOf, oddBodies, oddValues, type Operation, operationsOf, textWith } from './hostile-bodies.js';
import { HostileCaller } from './hostile-caller.js';
import { WALKERS } from './people.js';
import { CAMPAIGN_SCENES } from './scenes/campaign.scenes.js';
import { CASE_SCENES } from './scenes/cases.scenes.js';
import { COUNTY_SCENES } from './scenes/county.scenes.js';
import { type Scenes, type Walker } from './scene.js';
import { World } from './world.js';

const SCENES: readonly (readonly [Area, Scenes])[] = [
  ['cases', CASE_SCENES],
  ['county', COUNTY_SCENES],
  ['campaign', CAMPAIGN_SCENES],
];

let world: World;
let caller: HostileCaller;
const early = new Map<string, string>();
beforeAll(async () => {
  world = await World.open();
  for (const [area, scenes] of SCENES)
    for (const route of routesOf(area).filter((one) => scenes[one]?.early)) {
      const walker = letIn(area, route);
      early.set(route, (await scenes[route]?.thing?.(world, walker)) ?? '');
    }
  await world.go();
  caller = new HostileCaller(world);
});
afterAll(() => world.close());

test.each(SCENES)(
  'odd values in each field of each command on %s: taken or refused with a problem, and then nothing is stored',
  async (area, scenes) => {
    const operations = new Map(
      operationsOf(await caller.document()).map((operation) => [operation.route, operation]),
    );
    for (const route of routesOf(area)) {
      const scene = scenes[route];
      const operation = operations.get(route);
      if (!scene || !operation) throw new Error(`nothing is known of ${route}`);
      const walker = letIn(area, route);
      const thing = early.get(route) ?? (await scene.thing?.(world, walker)) ?? '';
      const body = scene.body === undefined ? {} : await scene.body(world, thing, walker);
      await world.server.caughtUp();
      const as = scene.actor === undefined ? walker.id : scene.actor(thing, walker);
      const mandate = scene.actor === undefined ? walker.mandate : undefined;
      const path = operation.path.replace('{id}', thing);
      for (const text of texts(operation, body)) await caller.post(path, text, as, mandate);
    }
    expect(caller.faults).toEqual([]);
    expect(caller.requests).toBeGreaterThan(1000);
  },
);

/** A person whose lawful command would be accepted. */
function letIn(area: Area, route: string): Walker {
  const found = WALKERS.find((one) => expected(area, route, one) === 'in');
  if (found === undefined) throw new Error(`nobody is let in to ${route}`);
  return found;
}

function* texts({ schema }: Operation, body: object): Generator<string> {
  yield* oddBodies(JSON.stringify(body));
  for (const field of fieldsOf(schema ?? {}))
    for (const raw of oddValues(field)) yield textWith(body, field.path, raw);
}

test('bytes that are not text, and bodies in other encodings, are refused', async () => {
  const path = '/projects';
  for (const bytes of [[0xff, 0xfe], [0x7b, 0xc3, 0x28, 0x7d], [0x1f, 0x8b, 0x08, 0x00], [0x00]])
    await caller.post(path, new Uint8Array(bytes), 'li');
  for (const headers of [
    { 'content-encoding': 'gzip' },
    { 'content-type': 'application/xml' },
    { 'content-type': 'application/json; charset=utf-16' },
  ])
    await caller.post(path, '{"id":"x"}', 'li', undefined, headers);
  expect(caller.faults).toEqual([]);
});
