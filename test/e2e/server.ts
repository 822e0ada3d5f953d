import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TEST_WAIT_MS } from '#libs/engine/event-sourcing-testing';
import { AccountDirectory } from '#libs/county/identity';
import { LocalTokens } from '#libs/county/identity/http';
import { type Clock } from '#libs/shell/nest';
import { seed } from '#libs/shell/seeding';
import {
  createHttpServer,
  foldPast,
  listen,
  openSystem,
  OpsListener,
  readConfig,
  Readiness,
  type System,
} from '#libs/shell/system';
import { type SpanExporter } from '@opentelemetry/sdk-trace-node';
import { type Logger } from 'pino';
import request from 'supertest';
import { Documented } from '../support/documented.js';
import { embedded, engineVariables } from '../support/engines.js';
import { NO_RATES } from '../support/no-rates.js';
import { Seeded } from '../support/seeded.js';
import { threadHere } from '../support/thread-here.js';

/** A body as JSON gives it: tests look at any field and compare whole values. */
export type Body = ReturnType<typeof JSON.parse>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Null where there was no body. */
  readonly body: Body;
}

export interface Sent {
  readonly as?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface StartOptions {
  readonly directory?: string;
  readonly clock?: Clock;
  readonly env?: Record<string, string>;
  readonly log?: Logger;
  readonly spans?: SpanExporter;
  /** False: as it is while the seed is loaded and projected, forever. */
  readonly ready?: boolean;
}

/** The whole server in this process, on an empty directory unless another's is given. */
export class TestServer {
  private constructor(
    readonly directory: string,
    readonly system: System,
    readonly app: NestFastifyApplication,
    readonly url: string,
    /** Of the demo accounts that were opened at this start. */
    readonly passwords: ReadonlyMap<string, string>,
  ) {}

  /** A directory that is new begins with a copy of what the first start of a server puts there. */
  static async start(options: StartOptions = {}): Promise<TestServer> {
    const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'zhitong-e2e-'));
    const { SEED: seeding = 'none' } = options.env ?? {};
    const isNew = !existsSync(join(directory, 'events'));
    const isAsSeeded = isNew && seeding === 'none' && (options.ready ?? true);
    const copied =
      isAsSeeded && embedded.events && embedded.documents
        ? await copyOfSeeded(directory, options.clock)
        : null;
    const server = await TestServer.open(directory, options, copied);
    if (options.ready ?? true) {
      await server.caughtUp();
      server.app.get(Readiness).done('seed');
      server.app.get(Readiness).done('projections');
    }
    return server;
  }

  /** `passwords`: of accounts that are there already; null where nothing is, so that it is seeded. */
  static async open(
    directory: string,
    { clock, env, log, spans }: StartOptions,
    passwords: ReadonlyMap<string, string> | null,
  ): Promise<TestServer> {
    const config = readConfig({
      DATA_DIR: directory,
      SEED: 'none',
      LOG_LEVEL: 'silent',
      PORT: '0',
      OPS_PORT: '0',
      PROJECTOR_THREADS: '1',
      // Tests act faster than persons.
      ...NO_RATES,
      AFTER_TIMEOUT_MS: '60000',
      ...engineVariables(directory),
      ...env,
    });
    const system = await openSystem(config, {
      startThread: threadHere,
      foldPast,
      ...(clock && { clock }),
      ...(log && { log }),
      ...(spans && { spans }),
    });
    const app = await createHttpServer(system);
    await listen(app, system);
    return new TestServer(
      directory,
      system,
      app,
      await app.getUrl(),
      passwords ?? (await seeded(app, system)),
    );
  }

  /** Where operators ask: health in detail, and metrics. */
  get opsUrl(): string {
    const { url } = this.app.get(OpsListener);
    if (url === null) throw new Error('this server was started without an address of operators');
    return url;
  }

  /** To ask for paths of the public address as they are. */
  get http(): ReturnType<typeof request> {
    return request(this.url);
  }

  async metrics(): Promise<string> {
    return (await request(this.opsUrl).get('/metrics').buffer(true)).text;
  }

  /** Waits until the read models hold everything the log has. */
  async caughtUp(): Promise<void> {
    const end = await this.system.eventStore.lastPosition();
    if (end !== null && !(await this.system.projections.waitFor(end, TEST_WAIT_MS))) {
      throw new Error('the read models do not catch up');
    }
  }

  async token(account: string): Promise<string> {
    const entry = await this.app.get(AccountDirectory).find(account);
    if (entry === null) throw new Error(`there is no account ${account}`);
    return (await this.app.get(LocalTokens).issue(entry.account, this.system.clock.now())).token;
  }

  async get(path: string, as?: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, as === undefined ? { headers } : { as, headers });
  }

  async post(
    path: string,
    as: string,
    body: unknown = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.send('POST', path, { as, body, headers });
  }

  /** A string body is sent as it is. Health is read at the address that shows details. */
  async send(method: string, path: string, { as, body, headers = {} }: Sent = {}): Promise<Answer> {
    const base = path.startsWith('/health') ? this.opsUrl : `${this.url}/api/v1`;
    const asked = request(base)[method.toLowerCase() as 'get'](path).buffer(true).parse(asText);
    for (const [name, value] of Object.entries({
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(as === undefined ? {} : { authorization: `Bearer ${await this.token(as)}` }),
      ...headers,
    }))
      asked.set(name, value);
    const response = await asked.send(
      body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    );
    const text: string = response.body;
    const isJson = /json/.test(response.headers['content-type'] ?? 'json');
    const answered: Body = isJson ? JSON.parse(text === '' ? 'null' : text) : text;
    const answer = { status: response.status, headers: new Headers(response.headers), body: answered };
    // Probes answer in a form of their own.
    if (base !== this.opsUrl) mustBeDocumented(method, `/api/v1${path}`, answer);
    return answer;
  }

  async events(): Promise<number> {
    let count = 0;
    for await (const _ of this.system.eventStore.readAll(null)) count++;
    return count;
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true });
  }
}

/** Every answer that a test gets is one that the OpenAPI document describes. */
function mustBeDocumented(method: string, address: string, answer: Answer): void {
  const difference = Documented.get().difference(method, address, answer);
  if (difference !== null) throw new Error(difference);
}

/** Null where this is not kept. Gives the passwords of the accounts. */
async function copyOfSeeded(directory: string, clock?: Clock): Promise<ReadonlyMap<string, string> | null> {
  const kept = new Seeded(clock ? new Date(clock.now()).toISOString() : 'system');
  const found = kept.copyTo(directory);
  if (found !== null) return found;
  const first = mkdtempSync(join(tmpdir(), 'zhitong-seeding-'));
  const server = await TestServer.open(first, clock ? { clock } : {}, null);
  await server.caughtUp();
  await server.stop();
  kept.keep(first, server.passwords);
  rmSync(first, { recursive: true });
  return kept.copyTo(directory);
}

async function seeded(app: NestFastifyApplication, system: System): Promise<ReadonlyMap<string, string>> {
  const { accounts } = await seed(
    {
      commands: app.get(CommandBus),
      eventStore: system.eventStore,
      logger: system.log,
      clock: system.clock,
    },
    { mode: system.config.seed },
  );
  return new Map(accounts.map(({ name, password }) => [name, password]));
}

function asText(response: request.Response, done: (error: Error | null, body: string) => void): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (more: string) => (text += more));
  response.on('end', () => done(null, text));
}
