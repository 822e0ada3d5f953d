import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { engineVariables } from './engines.js';

const run = promisify(execFile);
const root = new URL('../..', import.meta.url).pathname;

/** The command line as an operator has it, in a process of its own: as `npm test` compiled it before the tests. */
export async function opsOn(place: string, ...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], DATA_DIR: place, ...engineVariables(place) };
  try {
    const { stdout, stderr } = await run(process.execPath, [join(root, 'dist/apps/ops/main.js'), ...args], {
      cwd: root,
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, stdout, stderr: withoutProgress(stderr) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr: withoutProgress(stderr) };
  }
}

/** What takes longer than a few seconds tells how far it is; on a busy machine that may be anything. */
const withoutProgress = (text: string) => text.replace(/^[a-z-]+ \d+%\n/gm, '');
