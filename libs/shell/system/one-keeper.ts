import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, type RunningProcess, thisProcess } from '#libs/engine/store-lmdb';
import { type Config } from './config.js';
import { InvalidConfig } from './invalid-config.js';

// The embedded read models have one writer: of two, each would overwrite what the other has counted. The log has no such limit.

const FILE = 'projector.json';

/**
 * Notes this process as the one that keeps the read models in the data directory, until it ends or calls the returned function.
 * Those in MongoDB have no such keeper: projectors share them by leases.
 * @throws InvalidConfig while another process that keeps them is running
 */
export function lockReadModels({
  dataDirectory: directory,
  engines,
}: Pick<Config, 'dataDirectory' | 'engines'>): () => void {
  if (engines.mongoUrl !== null) return () => undefined;
  mkdirSync(directory, { recursive: true });
  const file = join(directory, FILE);
  const own = thisProcess();
  const other = keeperIn(file);
  if (other !== null && other.pid !== own.pid && isRunning(other)) {
    throw new InvalidConfig(
      'DATA_DIR',
      `${directory} has its read models kept by process ${other.pid} already: stop that one, choose another directory, or leave projector out of ROLES (if no such process runs, delete ${file})`,
    );
  }
  writeFileSync(file, JSON.stringify(own));
  return () => rmSync(file, { force: true });
}

/** Null if there is none, or the file was cut off while it was written. */
function keeperIn(file: string): RunningProcess | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(file, 'utf8')) as Partial<RunningProcess>;
    return typeof pid === 'number' ? { pid, started: started ?? null } : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
