import { type PersonalKeys } from '#libs/engine/event-sourcing';
import { type Config } from '#libs/shell/system';
import { UserError } from './failure.js';
import { addKeys, withKeys, writeKeys } from './personal-keys-file.js';
import { type CommonOptions, configOf, dataMustBeThere } from './session.js';

/**
 * Writes the keys of personal data into a new file: for a backup where the log is in EventStoreDB, or before read models move to
 * another engine.
 */
export async function saveKeys(file: string, options: CommonOptions): Promise<void> {
  const config = configOf(options);
  dataMustBeThere(config);
  await withFileOf(config, async (keys) => {
    const persons = await writeKeys(keys, file);
    process.stdout.write(`keys of ${persons} persons saved to ${file}\n`);
  });
}

/** Adds them to those that are there; what was erased in either stays erased. */
export async function loadKeys(file: string, options: CommonOptions): Promise<void> {
  await withFileOf(configOf(options), async (keys) => {
    const persons = await addKeys(keys, file);
    process.stdout.write(`keys of ${persons} persons loaded from ${file}\n`);
  });
}

/** A file that cannot be read or written is the caller's to mend. */
async function withFileOf(config: Config, work: (keys: PersonalKeys) => Promise<void>): Promise<void> {
  try {
    await withKeys(config, work);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new UserError(error.message);
    throw error;
  }
}
