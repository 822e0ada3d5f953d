import { openPersonalKeys } from '#libs/shell/system';
import { endBroken, UserError } from './failure.js';
import { addKeys, writeKeys } from './personal-keys-file.js';
import { type CommonOptions, configOf, dataMustBeThere } from './session.js';

/**
 * Writes the keys of personal data into a new file: for a backup where the log is in EventStoreDB, or before read models move to
 * another engine.
 */
export async function saveKeys(file: string, options: CommonOptions): Promise<void> {
  const config = configOf(options);
  dataMustBeThere(config);
  await withKeys(config, async (keys) => {
    const persons = await writeKeys(keys, file);
    process.stdout.write(`keys of ${persons} persons saved to ${file}\n`);
  });
}

/** Adds them to those that are there; what was erased in either stays erased. */
export async function loadKeys(file: string, options: CommonOptions): Promise<void> {
  await withKeys(configOf(options), async (keys) => {
    const persons = await addKeys(keys, file);
    process.stdout.write(`keys of ${persons} persons loaded from ${file}\n`);
  });
}

async function withKeys(
  { dataDirectory, engines }: ReturnType<typeof configOf>,
  work: (keys: Awaited<ReturnType<typeof openPersonalKeys>>) => Promise<void>,
): Promise<void> {
  const keys = await openPersonalKeys(dataDirectory, engines, { onBroken: endBroken });
  try {
    await work(keys);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new UserError(error.message);
    throw error;
  } finally {
    await keys.close();
  }
}
