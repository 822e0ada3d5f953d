import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LogDamaged, StoreUnavailable } from '#libs/engine/event-sourcing';
import { messageOf } from './commit-error.js';
import { type DataDisk } from './data-disk.js';
import { openEnvironment } from './environment.js';
import { damageBeforeOpening } from './environment-use.js';
import { checkLmdbLog } from './log-check.js';
import { filesOf } from './environment-users.js';
import { mustNotBeOtherFiles } from './watched-environment.js';

const LOOK_EVERY_MS = 250;

/** What an embedded log holds, and which one it is. */
export interface LogContents {
  /** Null of a log that is empty or of the first format. */
  readonly logId: string | null;
  readonly events: number;
  /** Of the last event; null if the log is empty. */
  readonly position: bigint | null;
  /** SHA-256 of the chain's head, in hex; null as `logId` is. */
  readonly chain: string | null;
}

export interface LogCopyOptions {
  /** Under the folder that the copy goes into. */
  readonly disk: DataDisk;
  readonly onCopied: (bytes: number, total: number) => void;
}

/**
 * Copies the log as it is at this moment into `data.mdb` of a folder that exists, also while other processes append to it: LMDB
 * itself copies a snapshot. What was acknowledged before the call is in it.
 * @throws LogDamaged, StoreFull, StoreBroken, StoreUnavailable
 */
export async function copyLmdbLog(
  directory: string,
  folder: string,
  { disk, onCopied }: LogCopyOptions,
): Promise<void> {
  mustNotBeOtherFiles(directory, 'events');
  const damage = await damageBeforeOpening(directory, 'events');
  if (damage !== null) throw new LogDamaged(null, null, damage);
  const total = statSync(filesOf(join(directory, 'events')).data).size;
  disk.mustHaveRoom(total);
  const { data } = filesOf(folder);
  const root = openEnvironment(directory, 'events', { durable: true, readOnly: true });
  const timer = setInterval(
    () => onCopied(statSync(data, { throwIfNoEntry: false })?.size ?? 0, total),
    LOOK_EVERY_MS,
  );
  try {
    await root.backup(folder, false);
  } catch (error) {
    throw new StoreUnavailable('lmdb', `cannot copy the log: ${messageOf(error)}`, { cause: error });
  } finally {
    clearInterval(timer);
    await root.close();
  }
  chmodSync(data, 0o600);
}

/**
 * Reads the whole log in a directory: every page, every checksum, the chain.
 * @throws LogDamaged for the first thing that is not what was written
 */
export async function contentsOfLmdbLog(
  directory: string,
  onRead: (events: number) => void,
): Promise<LogContents> {
  let [logId, events, position, chain]: [string | null, number, bigint | null, string | null] = [
    null,
    0,
    null,
    null,
  ];
  for await (const entry of checkLmdbLog(directory)) {
    const [problem] = entry.problems;
    if (problem) throw new LogDamaged(problem.position, problem.stream, problem.reason);
    logId ??= entry.id;
    chain = entry.chain;
    events += entry.events.length;
    position = entry.events.at(-1)?.position ?? position;
    onRead(events);
  }
  return { logId, events, position, chain };
}
