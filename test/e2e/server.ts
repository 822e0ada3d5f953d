import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { PATIENCE_MS } from '#libs/engine/event-sourcing-testing';
import { AccountDirectory, LocalTokens } from '#libs/county/identity';
import { type Clock } from '#libs/shell/nest';
import { seed } from '#libs/shell/seeding';
import {
  createHttpServer,
  listen,
  openSystem,
  OpsListener,
  readConfig,
  Readiness,
  type System,
} from '#libs/shell/system';
import { engineVariables } from '../support/engines.js';
import { NO_RATES } from '../support/no-rates.js';

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

  static async start(
    options: {
      readonly directory?: string;
      readonly clock?: Clock;
      readonly env?: Record<string, string>;
      /** False: as it is while the seed is loaded and projected, for ever. */
      readonly ready?: boolean;
    } = {},
  ): Promise<TestServer> {
    const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'zhitong-e2e-'));
    const config = readConfig({
      DATA_DIR: directory,
      SEED: 'none',
      LOG_LEVEL: 'silent',
      PORT: '0',
      OPS_PORT: '0',
      // Tests act faster than persons.
      ...NO_RATES,
      AFTER_TIMEOUT_MS: '60000',
      ...engineVariables(directory),
      ...options.env,
    });
    const system = await openSystem(config, options.clock ? { clock: options.clock } : {});
    const app = await createHttpServer(system);
    await listen(app, system);
    const { accounts } = await seed(
      {
        commands: app.get(CommandBus),
        eventStore: system.eventStore,
        logger: system.log,
        clock: system.clock,
      },
      { mode: config.seed },
    );
    const passwords = new Map(accounts.map(({ name, password }) => [name, password]));
    const server = new TestServer(directory, system, app, await app.getUrl(), passwords);
    if (options.ready ?? true) {
      await server.caughtUp();
      app.get(Readiness).done('seed');
      app.get(Readiness).done('projections');
    }
    return server;
  }

  /** Where operators ask: health in detail, and metrics. */
  get opsUrl(): string {
    const { url } = this.app.get(OpsListener);
    if (url === null) throw new Error('this server was started without an address of operators');
    return url;
  }

  async metrics(): Promise<string> {
    return (await fetch(`${this.opsUrl}/metrics`)).text();
  }

  /** Waits until the read models hold everything the log has. */
  async caughtUp(): Promise<void> {
    const end = await this.system.eventStore.lastPosition();
    if (end !== null && !(await this.system.projections.waitFor(end, PATIENCE_MS))) {
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

  /** A string body goes out as it is. Health is asked where it tells its details. */
  async send(method: string, path: string, { as, body, headers = {} }: Sent = {}): Promise<Answer> {
    const base = path.startsWith('/health') ? this.opsUrl : `${this.url}/api/v1`;
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(as === undefined ? {} : { authorization: `Bearer ${await this.token(as)}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: JSON.parse(text === '' ? 'null' : text),
    };
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
