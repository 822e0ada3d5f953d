import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type EnvironmentName } from '../environment.js';

/**
 * Examines an environment's files in a process of its own: a crash there does not end this process, and its memory is freed.
 * Returns what is wrong with them as one sentence, or null.
 */
export async function examine(
  directory: string,
  name: EnvironmentName,
  use: 'at-rest' | 'in-use',
): Promise<string | null> {
  // By its name in package.json: the process is started from what was built, whatever runs the rest.
  const program = fileURLToPath(import.meta.resolve('#examine-process'));
  const child = spawn(process.execPath, [program, directory, name, use], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code, signal], output, errors] = (await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ])) as [[number | null, NodeJS.Signals | null], string, string];
  if (code === 0) return (JSON.parse(output) as { damage: string | null }).damage;
  if (signal !== null && code === null) return `examining ${name}/data.mdb ended by the signal ${signal}`;
  throw new Error(`examining ${name} in ${directory} ended with ${code}: ${errors}`);
}
