import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, InvalidConfig } from './config.js';

// The embedded read models have one writer: of two, each would overwrite what the other has counted. The log has no such limit.

/** Who keeps the read models of a directory; `started` tells a process from a later one that was given its number. */
type Keeper = { readonly pid: number; readonly started: string | null };

const FILE = 'projector.json';

/**
 * Notes this process as the one that keeps the read models in the data directory, until it ends or calls the answer. Those in
 * MongoDB have no such keeper: projectors share them by leases.
 * @throws InvalidConfig while another process that keeps them is running
 */
export function becomeTheOneKeeper({
  dataDirectory: directory,
  engines,
}: Pick<Config, 'dataDirectory' | 'engines'>): () => void {
  if (engines.mongoUrl !== null) return () => undefined;
  mkdirSync(directory, { recursive: true });
  const file = join(directory, FILE);
  const own: Keeper = { pid: process.pid, started: startOf(process.pid) };
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

/** Null where there is none, or where the file was cut off while it was written. */
function keeperIn(file: string): Keeper | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Keeper>;
    return typeof pid === 'number' ? { pid, started: started ?? null } : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isRunning({ pid, started }: Keeper): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process may not be signalled, and runs all the same.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const present = startOf(pid);
  return started === null || present === null || started === present;
}

/** When a process was started, in ticks since boot (proc_pid_stat(5), field 22); null where the system does not say. */
function startOf(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The second field is the program's name in brackets, which may hold spaces.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}
