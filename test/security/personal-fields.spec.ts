import 'reflect-metadata';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { filesWith } from '../support/files-with.js';
import { AREAS, expected, routesOf } from './access-table.js';
import { type Field, fieldsOf, operationsOf, type Schema, textWith } from './hostile-bodies.js';
import { HostileCaller } from './hostile-caller.js';
import { WALKERS } from './people.js';
import { CAMPAIGN_SCENES } from './scenes/campaign.scenes.js';
import { CASE_SCENES } from './scenes/cases.scenes.js';
import { COUNTY_SCENES } from './scenes/county.scenes.js';
import { World } from './world.js';

const SCENES = { ...CASE_SCENES, ...COUNTY_SCENES, ...CAMPAIGN_SCENES };

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

/** Texts that are nowhere else, one after the other, each in the forms in which a field may ask for it. */
class Planted {
  readonly texts: string[] = [];

  /** @throws Error for a field that takes neither a name, a telephone nor an identity number */
  in({ path, schema }: Field): string {
    const number = this.texts.length;
    const candidates = [
      `欧阳种玉琢${[...`${number}`].map((digit) => '零一二三四五六七八九'[Number(digit)]).join('')}`,
      `1397${String(2_604_113 + number)}`,
      identityNumber(number),
    ];
    const text = candidates.find((one) => fits(one, schema));
    if (text === undefined) throw new Error(`nothing fits ${path.join('.')} (${schema.pattern})`);
    this.texts.push(text);
    return text;
  }
}

const fits = (text: string, { pattern }: Schema): boolean =>
  pattern === undefined || new RegExp(pattern).test(text);

/** 公民身份号码 with its check character (GB 11643: ISO 7064 MOD 11-2). */
function identityNumber(sequence: number): string {
  const body = `21052119790314${String(sequence).padStart(3, '0')}`;
  const sum = [...body].reduce((all, digit, index) => all + Number(digit) * (2 ** (17 - index) % 11), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}

type Personal = Schema & { readonly 'x-personal'?: boolean };

/** Events since a position: as they are stored, and with what is sealed in them opened. */
async function eventsSince(position: bigint | null): Promise<{ stored: string; opened: string }> {
  const { eventStore, personal } = world.server.system;
  const stored: unknown[] = [];
  for await (const { data } of eventStore.readAll(position)) stored.push(data);
  return { stored: JSON.stringify(stored), opened: JSON.stringify(await personal.open(stored)) };
}

test('4 what identifies a person is sealed over every route that takes it, and in no byte of the data', async () => {
  const planted = new Planted();
  const early = new Map<string, string>();
  const operations = operationsOf(await new HostileCaller(world).document()).flatMap((operation) => {
    const personal = fieldsOf(operation.schema ?? {}).filter(
      ({ schema }) => (schema as Personal)['x-personal'] === true,
    );
    return operation.method === 'POST' && personal.length > 0 ? [{ ...operation, personal }] : [];
  });
  expect(operations.map(({ route }) => route)).toContain('POST /accounts');
  const walkerOf = (route: string) => {
    const area = AREAS.find((one) => routesOf(one).includes(route));
    const walker = WALKERS.find((one) => area !== undefined && expected(area, route, one) === 'in');
    const scene = SCENES[route];
    if (scene === undefined || walker === undefined) throw new Error(`nothing is known of ${route}`);
    return { scene, walker };
  };
  for (const { route } of operations) {
    const { scene, walker } = walkerOf(route);
    if (scene.early) early.set(route, (await scene.thing?.(world, walker)) ?? '');
  }
  await world.go();
  for (const { route, path, personal } of operations) {
    const { scene, walker } = walkerOf(route);
    const thing = early.get(route) ?? (await scene.thing?.(world, walker)) ?? '';
    let body = (await scene.body?.(world, thing, walker)) ?? {};
    const texts = personal.map((field) => {
      const text = planted.in(field);
      body = JSON.parse(textWith(body, field.path, JSON.stringify(text))) as object;
      return text;
    });
    await world.server.caughtUp();
    const before = await world.end();
    const as = scene.actor === undefined ? walker.id : scene.actor(thing, walker);
    const mandate = scene.actor === undefined ? walker.mandate : undefined;
    const answer = await world.send(as, 'POST', path.replace('{id}', thing), {
      body,
      ...(mandate === undefined ? {} : { mandate }),
    });
    expect([route, answer.status < 300 ? 'taken' : answer.body]).toEqual([route, 'taken']);
    const { stored, opened } = await eventsSince(before);
    const found = texts.map((text) => [route, stored.includes(text), opened.includes(text)]);
    expect(found).toEqual(texts.map(() => [route, false, true]));
  }
  // An official in office is named: what is written to the log in clear is found.
  await world.done('demo-admin', '/accounts', {
    ...{ id: 'named', displayName: '端木清晓', role: 'reviewer', department: 'water', post: '审查' },
  });
  await world.server.caughtUp();
  const { directory } = world.server;
  expect(filesWith('端木清晓', directory).map((path) => basename(path))).toContain('data.mdb');
  expect(planted.texts.map((text) => [text, filesWith(text, directory)])).toEqual(
    planted.texts.map((text) => [text, []]),
  );
});
