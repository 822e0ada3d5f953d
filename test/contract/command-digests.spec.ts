import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type ApplicationCommand, applicationRunner } from '#libs/county/approval';
import {
  CommandIdReused,
  type Decider,
  DeciderRunner,
  type DomainCommand,
  type DomainEvent,
  RuleViolation,
} from '#libs/engine/event-sourcing';
import { recorded, testMeta } from '#libs/engine/event-sourcing-testing';
import { calendarOf } from '#libs/law/calendar';
import {
  actOf,
  bodyReader,
  checkedProperties,
  type HttpCommand,
  type HttpCommandClass,
} from '#libs/shell/nest';
import { SpecEventStore } from '../../libs/engine/event-sourcing/testing/spec-stores.js';

/** A command as it was sent, and its digest as it was stored when handlers still wrote what they looked up into commands. */
interface Stored {
  readonly type: string;
  readonly id: string;
  readonly body: object | null;
  /** Fields that the import or a timer fills in. */
  readonly system?: object;
  readonly digest: string;
}

const stored = JSON.parse(
  readFileSync(new URL('command-digests.json', import.meta.url), 'utf8'),
) as readonly Stored[];
const submitted = (
  JSON.parse(
    readFileSync(
      new URL('../../libs/county/approval/golden/ApplicationSubmitted.v1.json', import.meta.url),
      'utf8',
    ),
  ) as { readonly event: DomainEvent }
).event;
const libs = new URL('../../libs/', import.meta.url);
const TIMER = 'FireTimer';
const classes = new Map<string, HttpCommandClass>();

beforeAll(async () => {
  for (const file of readdirSync(libs, { recursive: true, encoding: 'utf8' })) {
    if (!/\.commands\.ts$/.test(file)) continue;
    const exported = (await import(new URL(file, libs).href)) as Readonly<Record<string, unknown>>;
    for (const one of Object.values(exported)) if (isCommand(one)) classes.set(actOf(one).type, one);
  }
});

function isCommand(one: unknown): one is HttpCommandClass {
  return typeof one === 'function' && 'prototype' in one && typeof one.prototype === 'object'
    ? 'type' in (one.prototype as object)
    : false;
}

/** As its route makes it; `lookedUp` is what a handler might write into it by mistake. */
function commandOf({ type, id, body, system }: Stored, lookedUp: object = {}): HttpCommand {
  // A timer's command is not an instance of a class: all of its fields were sent.
  if (type === TIMER)
    return Object.assign(Object.create(null) as HttpCommand, { type, id, meta: testMeta() }, system);
  const found = classes.get(type);
  if (found === undefined) throw new Error(`there is no command ${type}`);
  const isIdDeclared = checkedProperties(found).some(({ name }) => name === 'id');
  const command = bodyReader(found, isIdDeclared ? [] : ['id'])(body ?? undefined);
  return Object.assign(command, { id, meta: testMeta() }, system, lookedUp);
}

const REFUSING: Decider<null, DomainCommand, never> = {
  initial: null,
  decide: () => {
    throw new RuleViolation('decided-again', {});
  },
  evolve: () => null,
};

/** A log with one event of a command that had this digest. */
async function logOf(digest: string, event: DomainEvent): Promise<SpecEventStore> {
  const log = new SpecEventStore();
  const { id, type, version, data, metadata } = recorded(event, { metadata: { commandDigest: digest } });
  await log.append('stream-1', null, [{ id, type, version, data, metadata }]);
  return log;
}

const DONE = { type: 'SomethingDone', version: 1, data: {} } as const;
const FIRST_ANSWER = { stream: 'stream-1', revision: 0n, position: 0n, replayed: true };
/** Its field `missing` had the name of something that is looked up for another command, and was left out with it. */
const COVERED_LESS = 'AcceptWithDeficiency';

describe('the retry of a command whose digest was stored before facts were passed next to commands', () => {
  test('is tried for every command that there was', () => {
    const known = new Set(stored.map(({ type }) => type));
    expect(known.size).toBe(103);
    expect([...known].filter((type) => type !== TIMER && !classes.has(type))).toEqual([]);
  });

  test('gets its first answer, whatever a handler might write into the command', async () => {
    for (const one of stored.filter(({ type }) => type !== COVERED_LESS)) {
      const runner = new DeciderRunner(await logOf(one.digest, DONE), REFUSING);
      for (const lookedUp of [{}, { lookedUp: [], foundSince: 7 }]) {
        const answer = await runner.run('stream-1', commandOf(one, lookedUp));
        expect([one.type, answer]).toEqual([one.type, FIRST_ANSWER]);
      }
    }
  });

  test('with another body is not a retry', async () => {
    for (const one of stored) {
      const runner = new DeciderRunner(await logOf(one.digest, DONE), REFUSING);
      const other = commandOf({ ...one, id: `${one.id}-2` });
      await expect(runner.run('stream-1', other)).rejects.toThrow(CommandIdReused);
    }
  });

  test('gets it too where the digest did not cover all that was sent', async () => {
    const one = stored.find(({ type }) => type === COVERED_LESS);
    if (one === undefined) throw new Error(`no digest of ${COVERED_LESS} is kept`);
    const log = await logOf(one.digest, submitted);
    const runner = applicationRunner(log, { calendar: calendarOf({ version: 'weekends' }) });
    const command = commandOf(one) as ApplicationCommand;
    expect(one.body).toEqual({ missing: ['地质灾害评估', '压覆矿产查询'], days: 5 });
    expect('missing' in command && command.missing).toEqual(['地质灾害评估', '压覆矿产查询']);
    expect(await runner.run('stream-1', command)).toStrictEqual(FIRST_ANSWER);
    const other = Object.assign(commandOf(one), { days: 6 }) as ApplicationCommand;
    await expect(runner.run('stream-1', other)).rejects.toThrow(CommandIdReused);
  });
});
