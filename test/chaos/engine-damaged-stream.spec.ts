import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '#libs/engine/event-sourcing-testing';
import { type LogEvent } from '../engines/eventstoredb-log.js';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { ServerProcess } from '../support/server-process.js';

const directory = mkdtempSync(join(tmpdir(), 'zhitong-damaged-stream-'));
const whole = join(directory, 'whole');
const copy = join(directory, 'copy');
let eventStore: EventStoreDbServer;
let env: Record<string, string>;
let events: readonly LogEvent[];
let matter: LogEvent;

beforeAll(async () => {
  eventStore = await EventStoreDbServer.start();
  env = { EVENTSTORE_URL: eventStore.url, LOG_LEVEL: 'fatal' };
  const first = await ServerProcess.start(whole, { ...env, DATA_DIR: whole });
  await first.stop();
  events = eventStore.log.events;
  const [found] = events.filter(
    ({ stream, revision }) => stream.startsWith('matter-') && revision === 0n && lengthOf(stream) > 1,
  );
  if (!found) throw new Error('the seed revises a matter');
  matter = found;
});
afterAll(() => {
  eventStore.stop();
  rmSync(directory, { recursive: true, force: true });
});

const lengthOf = (stream: string) => events.filter((event) => event.stream === stream).length;
const placeOf = ({ position, stream }: LogEvent) =>
  `the log is damaged at position ${position}, stream ${stream}: `;
/** The log with an event in another form; without it when that is null. */
function become(event: LogEvent, change: Partial<LogEvent> | null): void {
  eventStore.log.become(
    events.flatMap((one) => (one !== event ? [one] : change === null ? [] : [{ ...one, ...change }])),
  );
  rmSync(copy, { recursive: true, force: true });
  cpSync(whole, copy, { recursive: true });
}
const text = (content: string) => new TextEncoder().encode(content);

// The seed reads every matter.
test.each<[string, () => Partial<LogEvent> | null, () => string]>([
  [
    'has lost its first event',
    () => null,
    () => {
      const next =
        events.find(({ stream, revision }) => stream === matter.stream && revision === 1n) ?? matter;
      return `${placeOf(next)}revision 1 comes where 0 is due: an event is missing`;
    },
  ],
  [
    'has an event of which the data cannot be read',
    () => ({ data: text('{"matter":') }),
    () => `${placeOf(matter)}the data of event ${matter.id} cannot be read`,
  ],
  [
    'has an event of which the metadata cannot be read',
    () => ({ metadata: text('{"actor":') }),
    () => `${placeOf(matter)}event ${matter.id} was not written by this system`,
  ],
  [
    'has an event of another kind',
    () => ({ type: 'SomethingElse' }),
    () =>
      `${placeOf(matter)}SomethingElse cannot follow what is before it: ${matter.stream}: SomethingElse before MatterPublished`,
  ],
])(
  'K4 a server does not start on a stream of EventStoreDB that %s: one sentence and 65',
  async (_, change, sentence) => {
    become(matter, change());
    const { code, said } = await ServerProcess.ended(copy, env);
    expect([code, said]).toEqual([65, `${sentence()}\n`]);
  },
);

test('K4 what comes to a read model a second time, since EventStoreDB has lost the first, stands still and is named; the rest serves', async () => {
  const template = events.find(({ stream }) => stream.startsWith('template-') && lengthOf(stream) === 1);
  if (!template) throw new Error('the seed publishes templates');
  become(template, null);
  const server = await ServerProcess.launch(copy, env);
  const projections = async () => {
    const answer = await fetch(`${server.opsUrl}/health/ready`);
    const { projections: found } = (await answer.json()) as {
      projections: readonly { readonly name: string; readonly state: string }[];
    };
    return found.filter(({ state }) => state === 'faulted').map(({ name }) => name);
  };
  await until('a read model stands still', async () => (await projections()).length > 0);
  expect(await projections()).toEqual(['templates']);
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  await server.stop();
});
