import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type EventStore, forgetReadModels, mustHoldAcknowledged } from '#libs/engine/event-sourcing';
import { acknowledgedNoteOf, type Config, openEventStore, openReadStore } from '#libs/shell/system';
import { copyLog, digestOf } from './copy-log.js';
import { endBroken, UserError } from './failure.js';
import { type LogEngine } from './log-engines.js';
import { progressOn } from './progress.js';
import { type CommonOptions, configOf } from './session.js';

export interface MigrateCommandOptions extends CommonOptions {
  readonly from: LogEngine;
  readonly to: LogEngine;
}

/**
 * The embedded log commits appends in the order they come. EventStoreDB promises an order only to who waits: of two
 * appends under way, the first may be lost with its connection and come behind the second when it is sent again.
 */
export const APPENDS_AT_ONCE: { readonly [engine in LogEngine]: number } = { embedded: 500, eventstoredb: 1 };

/**
 * Copies the log from one engine to the other and compares both by digest. Read models know the positions of the log
 * they were folded from, so those of this configuration are emptied: the server fills them anew at its next start.
 * Interrupted or cut off, the same command goes on.
 */
export async function migrateCommand(
  { from, to, ...common }: MigrateCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  if (from === to) throw new UserError(`--from and --to are both ${from}`);
  const config = configOf(common);
  if (config.engines.eventStoreUrl === null) throw new UserError('EVENTSTORE_URL must be set');
  if (from === 'embedded' && !existsSync(join(config.dataDirectory, 'events'))) {
    throw new UserError(`${config.dataDirectory} holds no data (set --data-dir or DATA_DIR)`);
  }
  const opened: EventStore[] = [];
  const open = async (engine: LogEngine): Promise<EventStore> => {
    const store = await openLog(config, engine);
    opened.push(store);
    return store;
  };
  try {
    const [source, target] = [await open(from), await open(to)];
    const acknowledged = from === 'embedded' ? acknowledgedNoteOf(embedded(config)).last() : null;
    if (acknowledged !== null) await mustHoldAcknowledged(source, acknowledged);
    const { events, digest } = await copied(source, target, APPENDS_AT_ONCE[to], signal);
    await emptyReadModels(config);
    process.stdout.write(`${events} events in ${from} and in ${to}, SHA-256 ${digest}\n`);
  } finally {
    for (const store of opened) await store.close();
  }
}

const embedded = (config: Config): Config => ({
  ...config,
  engines: { ...config.engines, eventStoreUrl: null },
});

async function openLog(config: Config, engine: LogEngine): Promise<EventStore> {
  const { dataDirectory, engines } = engine === 'embedded' ? embedded(config) : config;
  return (await openEventStore(dataDirectory, engines, { onBroken: endBroken })).store;
}

async function copied(
  source: EventStore,
  target: EventStore,
  appendsAtOnce: number,
  signal: AbortSignal,
): Promise<{ readonly events: number; readonly digest: string }> {
  const progress = progressOn(process.stderr);
  try {
    const end = await source.lastPosition();
    const { events, found, digest } = await copyLog(source, target, {
      appendsAtOnce,
      onProgress: (position) => progress.show('copying', Number(position), Number(end ?? 0n)),
      signal,
    });
    process.stdout.write(`${events - found} events copied, ${found} were there\n`);
    const targetEnd = Number((await target.lastPosition()) ?? 0n);
    const there = await digestOf(
      target,
      (position) => progress.show('comparing', Number(position), targetEnd),
      signal,
    );
    if ((await source.lastPosition()) !== end) {
      throw new UserError('the source has grown in the meantime: stop the server and run this again');
    }
    if (there.digest !== digest) {
      throw new UserError(`the logs differ: SHA-256 ${digest} of the source, ${there.digest} of the target`);
    }
    return there;
  } finally {
    progress.end();
  }
}

/** They know the positions of the log that they were filled from; the server fills them anew at its next start. */
export async function emptyReadModels(config: Config): Promise<void> {
  const { store } = await openReadStore(config.dataDirectory, config.engines, { onBroken: endBroken });
  try {
    await forgetReadModels(store);
  } finally {
    await store.close();
  }
}
