import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import { type Actor, type Receipt, defined } from '#libs/engine/event-sourcing';
import { type HttpCommand, makeLogger } from '#libs/shell/nest';
import {
  type Config,
  createApplicationContext,
  giveMemoryBack,
  openSystem,
  readConfig,
  type System,
} from '#libs/shell/system';
import { endBroken, UserError } from './failure.js';

/** Options that every command has. */
export interface CommonOptions {
  readonly dataDir?: string;
}

/** The actor of the command line. */
export const OPERATOR: Actor = { person: 'ops', post: null, department: null, role: 'admin' };

/** A system with the buses on top. */
export interface Session {
  readonly system: System;
  readonly commands: CommandBus;
  readonly execute: (command: HttpCommand) => Promise<Receipt>;
  /** ISO instant. */
  readonly now: () => string;
}

/**
 * The environment's configuration. The read models are left to the server, which may run on the same directory: there may
 * be one writer of them only, while any number of processes may append to the log.
 */
export function configOf({ dataDir }: CommonOptions): Config {
  const config = readConfig({ LOG_LEVEL: 'warn', ...process.env, ...defined({ DATA_DIR: dataDir }) });
  return { ...config, roles: new Set() };
}

/** @throws UserError when nothing was ever written there: a mistyped place must not look like an empty one */
export function dataMustBeThere({ dataDirectory, engines }: Config): void {
  if (engines.eventStoreUrl === null && !existsSync(join(dataDirectory, 'events')))
    throw new UserError(`${dataDirectory} holds no data (set --data-dir or DATA_DIR)`);
}

/**
 * The stores alone, closed at the end.
 * @throws UserError when nothing was ever written there: a mistyped place must not look like an empty one
 */
export async function withData<T>(
  config: Config,
  work: (system: System) => Promise<T>,
  { mayBeEmpty = false } = {},
): Promise<T> {
  dataMustBeThere(config);
  const { engines } = config;
  const system = await openSystem(config, { log: makeLogger(config.logLevel), onBroken: endBroken });
  try {
    if (!mayBeEmpty && engines.eventStoreUrl !== null && (await system.eventStore.lastPosition()) === null) {
      throw new UserError('the log at EVENTSTORE_URL holds no data');
    }
    return await work(system);
  } finally {
    await system.personalKeys.close();
    await system.readStore.close();
    await system.eventStore.close();
  }
}

/** The whole application without HTTP, closed at the end. */
export async function withSession<T>(config: Config, work: (session: Session) => Promise<T>): Promise<T> {
  return withRenewals(config, ({ current }) => work(current()));
}

/** A session that can be opened anew. */
export interface RenewedSession {
  readonly current: () => Session;
  /**
   * Closes the session and opens the next. Nothing may be under way. What a long run gathers is given back with it: the
   * streams that deciders remember, and the pages of the log that the system keeps mapped for its reader.
   */
  readonly renew: () => Promise<void>;
}

export async function withRenewals<T>(
  config: Config,
  work: (session: RenewedSession) => Promise<T>,
): Promise<T> {
  let open = await openSession(config);
  const renew = async (): Promise<void> => {
    await open.close();
    giveMemoryBack();
    open = await openSession(config);
  };
  try {
    return await work({ current: () => open.session, renew });
  } finally {
    await open.close();
  }
}

async function openSession(
  config: Config,
): Promise<{ readonly session: Session; readonly close: () => Promise<void> }> {
  const system = await openSystem(config, { log: makeLogger(config.logLevel), onBroken: endBroken });
  const app = await createApplicationContext(system);
  const commands = app.get(CommandBus);
  return {
    session: {
      system,
      commands,
      execute: (command) => commands.execute<Receipt>(command),
      now: () => new Date(system.clock.now()).toISOString(),
    },
    close: () => app.close(),
  };
}
