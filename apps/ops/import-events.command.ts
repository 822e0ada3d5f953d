import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type EventStore } from '#libs/engine/event-sourcing';
import { openEventStore } from '#libs/shell/system';
import { copyLog, digestOf, NotACopy } from './copy-log.js';
import { exportedEvents } from './exported-events.js';
import { endBroken, UserError } from './failure.js';
import { APPENDS_AT_ONCE, emptyReadModels } from './migrate.command.js';
import { withKeys } from './personal-keys-file.js';
import { type Progress, progressOn } from './progress.js';
import { type CommonOptions, configOf } from './session.js';

/**
 * Reads what `ops export` wrote into an empty log: the same streams, revisions, ids, order, data and metadata. All lines are
 * looked at before the first is stored. An import that was cut off goes on with the same command.
 */
export async function importEventsCommand(
  file: string,
  options: CommonOptions,
  signal: AbortSignal,
): Promise<void> {
  const config = configOf(options);
  const progress = progressOn(process.stderr);
  try {
    await withFile(file, signal, async (path) => {
      const last = await lastPositionIn(path, progress, signal);
      const engine = config.engines.eventStoreUrl === null ? 'embedded' : 'eventstoredb';
      const { store } = await openEventStore(config.dataDirectory, config.engines, { onBroken: endBroken });
      try {
        const { events, digest } = await imported(
          path,
          last,
          store,
          APPENDS_AT_ONCE[engine],
          progress,
          signal,
        );
        await emptyReadModels(config);
        // An export has no keys: what is sealed in it stays so, unless its keys are added.
        await withKeys(config, (keys) => keys.begin());
        const id = (await store.identity())?.id ?? 'without an id';
        process.stdout.write(
          `${events} events, SHA-256 ${digest}, log ${id}\n` +
            'positions belong to the log and may differ from those in the file\n',
        );
      } finally {
        await store.close();
      }
    });
  } finally {
    progress.end();
  }
}

/** Standard input is kept in a temporary file, because it is read twice. */
async function withFile(
  file: string,
  signal: AbortSignal,
  work: (path: string) => Promise<void>,
): Promise<void> {
  if (file !== '-') return work(file);
  const folder = await mkdtemp(join(tmpdir(), 'import-events-'));
  try {
    const path = join(folder, 'events.jsonl');
    await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }), { signal });
    await work(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Reads every line. @throws UserError */
async function lastPositionIn(path: string, progress: Progress, signal: AbortSignal): Promise<bigint> {
  let last: bigint | null = null;
  let count = 0;
  for await (const { position } of exportedEvents(path)) {
    signal.throwIfAborted();
    last = position;
    progress.show('reading', ++count, count);
  }
  if (last === null) throw new UserError('there are no events to import');
  return last;
}

async function imported(
  path: string,
  last: bigint,
  log: EventStore,
  appendsAtOnce: number,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ readonly events: number; readonly digest: string }> {
  const source = { readAll: () => exportedEvents(path) };
  const { events, found, digest } = await copyLog(source, log, {
    appendsAtOnce,
    onProgress: (position) => progress.show('importing', Number(position), Number(last)),
    signal,
  }).catch((error: unknown) => {
    if (error instanceof NotACopy) throw new UserError(`the log is not empty: ${error.message}`);
    throw error;
  });
  if (found === events) throw new UserError('the log is not empty: it already holds these events');
  const there = await digestOf(log, () => progress.show('comparing', events, events), signal);
  if (there.digest !== digest)
    throw new UserError(`the log differs from the file: SHA-256 ${there.digest}, and ${digest} of the file`);
  return there;
}
