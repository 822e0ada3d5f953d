import { readFileSync } from 'node:fs';

/** A process on this machine; `started` distinguishes it from a later one that was given its number. */
export type RunningProcess = { readonly pid: number; readonly started: string | null };

export function thisProcess(): RunningProcess {
  return { pid: process.pid, started: startOf(process.pid) };
}

/** This process in the name of a file: `pid-started`, with x where the system does not say when it was started. */
export function markOfThisProcess(): string {
  const { pid, started } = thisProcess();
  return `${pid}-${started ?? 'x'}`;
}

/** Whether the process of a mark runs; `pid` and `started` are its two parts. */
export function isMarkOfRunning(pid: string, started: string): boolean {
  return isRunning({ pid: Number(pid), started: started === 'x' ? null : started });
}

export function isRunning({ pid, started }: RunningProcess): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of another user may not be signalled, but it is running.
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
