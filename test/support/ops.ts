import { AsyncLocalStorage } from 'node:async_hooks';
import { jest } from '@jest/globals';
import { run } from '../../apps/ops/program.js';
import { engineVariables } from './engines.js';

/** What the command line says and how it ends. */
export interface OpsEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line on a data directory, on the engines that the tests run on. */
export const opsOn = (place: string, ...args: readonly string[]): Promise<OpsEnd> =>
  opsUnder({}, place, ...args);

/** The same, with further variables in its environment. */
export const opsUnder = (
  variables: Readonly<Record<string, string>>,
  place: string,
  ...args: readonly string[]
): Promise<OpsEnd> => opsEnd({ DATA_DIR: place, ...engineVariables(place), ...variables }, ...args);

/** What the command line prints with these variables, which must go well. */
export async function opsWith(
  variables: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<string> {
  const { code, stdout, stderr } = await opsEnd(variables, ...args);
  if (code !== 0) throw new Error(`ops ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout.trimEnd();
}

let calls: Promise<unknown> = Promise.resolve();

/** The command line in this process, one call after the other: a process of its own takes seconds to load the program. */
export function opsEnd(
  variables: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<OpsEnd> {
  const call = calls.then(() => called(variables, args));
  calls = call.catch(() => undefined);
  return call;
}

interface Said {
  stdout: string;
  stderr: string;
}

async function called(variables: Readonly<Record<string, string>>, args: readonly string[]): Promise<OpsEnd> {
  const said: Said = { stdout: '', stderr: '' };
  const listening = new AsyncLocalStorage<Said>();
  const written = (['stdout', 'stderr'] as const).map((name) => {
    const stream = process[name];
    const write = stream.write.bind(stream);
    return jest.spyOn(stream, 'write').mockImplementation((chunk, ...more: unknown[]) => {
      const store = listening.getStore();
      // Output of others in the meantime, of the test runner for example, is not caught.
      if (store === undefined) return Boolean(Reflect.apply(write, stream, [chunk, ...more]));
      store[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      for (const callback of more) if (typeof callback === 'function') callback();
      return true;
    });
  });
  const { env } = process;
  const umask = process.umask(0o077);
  process.env = { PATH: env['PATH'], ...variables };
  try {
    const code = await listening.run(said, () => run(args, new AbortController().signal));
    return { code, stdout: said.stdout, stderr: withoutProgress(said.stderr) };
  } finally {
    for (const spy of written) spy.mockRestore();
    process.env = env;
    process.umask(umask);
  }
}

/** What takes longer than a few seconds reports its progress; on a busy machine that may be anything. */
const withoutProgress = (text: string) => text.replace(/^[a-z-]+ \d+%\n/gm, '');
