import { engineVariables } from './engines.js';
import { opsProcess } from './server-process.js';

/**
 * What the command line says and how it ends in a process of its own, as an operator has it, on the engines that the tests run
 * on.
 */
export const opsOn = (place: string, ...args: readonly string[]) => opsUnder({}, place, ...args);

/** The same, with further variables in its environment. */
export async function opsUnder(
  variables: Readonly<Record<string, string>>,
  place: string,
  ...args: readonly string[]
) {
  try {
    const { stdout, stderr } = await opsProcess(
      { DATA_DIR: place, ...engineVariables(place), ...variables },
      args,
    );
    return { code: 0, stdout, stderr: withoutProgress(stderr) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr: withoutProgress(stderr) };
  }
}

/** What takes longer than a few seconds reports its progress; on a busy machine that may be anything. */
const withoutProgress = (text: string) => text.replace(/^[a-z-]+ \d+%\n/gm, '');
