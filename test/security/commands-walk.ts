import { defined } from '#libs/engine/event-sourcing';
import { type Area, expected, routesOf } from './access-table.js';
import { WALKERS } from './people.js';
import { type Scene, type Scenes, type Walker } from './scene.js';
import { dryRunFault } from './dry-run.js';
import { type World } from './world.js';
import { type StoredEvent } from '#libs/engine/event-sourcing';

/** One cell that is not as the table says: who, and what happened. */
type Surprise = string;

const nameOf = ({ role, stand }: Walker) => `${role} (${stand})`;

/** Every person of the table tries every command of an area; returns what differs from the table. */
export async function walkCommands(
  world: World,
  area: Area,
  scenes: Scenes,
): Promise<{ readonly cells: number; readonly surprises: readonly Surprise[] }> {
  const surprises: Surprise[] = [];
  const early = new Map<string, string>();
  for (const route of routesOf(area)) {
    const scene = scenes[route];
    if (!scene?.early) continue;
    for (const walker of [null, ...WALKERS.filter((one) => expected(area, route, one) === 'in')])
      early.set(keyOf(route, walker), await thingFor(world, scene, walker));
  }
  await world.go();
  let cells = 0;
  for (const route of routesOf(area)) {
    const scene = scenes[route];
    if (scene === undefined) throw new Error(`nobody has set the scene for ${route}`);
    const shared = early.get(keyOf(route, null)) ?? null;
    const refused = WALKERS.filter((walker) => expected(area, route, walker) !== 'in');
    cells += WALKERS.length;
    surprises.push(...(await walkRefused(world, route, scene, refused, shared)));
    for (const walker of WALKERS.filter((one) => !refused.includes(one))) {
      const thing = early.get(keyOf(route, walker)) ?? (await thingFor(world, scene, walker));
      surprises.push(...(await walkIn(world, route, scene, walker, thing)));
    }
  }
  return { cells, surprises };
}

const keyOf = (route: string, walker: Walker | null) => `${route} ${walker === null ? '' : nameOf(walker)}`;

const STRANGER: Walker = { id: null, role: 'nobody', stand: 'own' };

const thingFor = async (world: World, scene: Scene, walker: Walker | null) =>
  scene.thing === undefined ? '' : scene.thing(world, walker ?? STRANGER);

async function ask(
  world: World,
  route: string,
  scene: Scene,
  walker: Walker,
  thing: string,
  sent: { readonly body: object; readonly prefer?: string },
) {
  const actor = scene.actor === undefined ? walker.id : scene.actor(thing, walker);
  const path = route.replace('POST ', '').replace('{id}', thing);
  const mandate = scene.actor === undefined ? walker.mandate : undefined;
  return world.send(actor, 'POST', path, {
    ...sent,
    ...defined({ mandate }),
    ...(scene.isFile && { isFile: true }),
  });
}

const bodyOf = async (world: World, scene: Scene, thing: string, walker: Walker) => {
  const body = scene.body === undefined ? {} : await scene.body(world, thing, walker);
  await world.server.caughtUp();
  return body;
};

/** All who are refused try the same thing with the same lawful body: none of them moves the log. */
async function walkRefused(
  world: World,
  route: string,
  scene: Scene,
  walkers: readonly Walker[],
  prepared: string | null,
): Promise<readonly Surprise[]> {
  const surprises: Surprise[] = [];
  const thing = prepared ?? (await thingFor(world, scene, null));
  const body = await bodyOf(world, scene, thing, STRANGER);
  for (const walker of walkers) {
    const before = await world.end();
    const { status, body: answer } = await ask(world, route, scene, walker, thing, { body });
    const right = walker.id === null ? status === 401 : status === 403 || status === 404;
    const moved = (await world.end()) !== before;
    if (right && !moved) continue;
    const what = moved ? 'it wrote' : (answer?.code ?? '');
    surprises.push(`${route}: ${nameOf(walker)} is to be refused, and is answered ${status} ${what}`);
  }
  return surprises;
}

/** One who is let in acts on a thing of their own making, and an event of theirs is in its stream. */
async function walkIn(
  world: World,
  route: string,
  scene: Scene,
  walker: Walker,
  thing: string,
): Promise<readonly Surprise[]> {
  const body = await bodyOf(world, scene, thing, walker);
  const before = await world.end();
  const tried = await ask(world, route, scene, walker, thing, { body, prefer: 'handling=dry-run' });
  const stored = (await world.end()) !== before;
  const answer = await ask(world, route, scene, walker, thing, { body });
  const written: string[] = [];
  const events: StoredEvent[] = [];
  for await (const event of world.server.system.eventStore.readAll(before)) {
    written.push(`${event.stream} by ${event.metadata.actor.person}`);
    events.push(event);
  }
  const dry = stored ? 'the dry run stored something' : await dryRunFault(world, tried, events);
  if (dry !== null) return [`${route}: ${nameOf(walker)}: ${dry}`];
  const id = thing === '' ? (body as { readonly id: string }).id : thing;
  const stream = scene.stream ?? `-${id}`;
  const actor = scene.actor === undefined ? walker.id : scene.actor(thing, walker);
  const status = scene.thing === undefined || scene.isFile ? 201 : 202;
  if (answer.status === status && written.some((one) => one.endsWith(`${stream} by ${actor}`))) return [];
  const what = `${answer.status} ${answer.body?.code ?? ''} ${answer.body?.detail ?? ''} ${written.join(', ')}`;
  return [`${route}: ${nameOf(walker)} is to be let in, and is answered ${what}`];
}
