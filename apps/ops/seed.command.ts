import { seed } from '#libs/shell/seeding';
import { type CommonOptions, configOf, withSession } from './session.js';

export interface SeedCommandOptions extends CommonOptions {
  readonly mode: 'catalogue' | 'none' | 'sample';
}

/** Loads the catalogue, and as asked demo accounts and the sample log. */
export async function seedCommand(
  { mode, ...common }: SeedCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  await withSession(configOf(common), async ({ system, commands }) => {
    const { eventStore, log: logger, clock } = system;
    const seeded = await seed(
      { commands, eventStore, logger, clock },
      { mode, print: (line) => process.stdout.write(`${line}\n`), signal },
    );
    for (const entry of seeded.kept) {
      process.stderr.write(`${entry}: already published with different content, which is kept\n`);
    }
    signal.throwIfAborted();
  });
}
