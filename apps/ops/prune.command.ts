import { dropGenerations, formerGenerations, notYetLive } from '#libs/engine/event-sourcing';
import { lockReadModels } from '#libs/shell/system';
import { UserError } from './failure.js';
import { type CommonOptions, configOf, withData } from './session.js';

export interface PruneCommandOptions extends CommonOptions {
  /** List only. */
  readonly dryRun?: true;
}

/**
 * Deletes the read models that this release does not read, and prints each name. With the embedded store the server must be
 * stopped, and the file keeps its size: freed space is reused. With MongoDB the operator makes sure that no process of another
 * release, or with other partitions, and no rebuild is running.
 * @throws UserError while a projection is not live as this release fills it: queries may need the former one
 * @throws InvalidConfig while a server keeps the embedded read models
 */
export async function pruneCommand(options: PruneCommandOptions): Promise<void> {
  const config = configOf(options);
  await withData(config, async ({ readStore, kept }) => {
    const release = options.dryRun ? null : lockReadModels(config);
    try {
      const waiting = await notYetLive(readStore, kept);
      if (waiting.length > 0) {
        const names = waiting.map(({ name, version }) => `${name} v${version}`).join(', ');
        throw new UserError(`not live yet: ${names}; start the server and prune after it has been ready`);
      }
      const former = await formerGenerations(readStore, kept);
      if (!options.dryRun) await dropGenerations(readStore, former);
      for (const model of former.models) process.stdout.write(`${model}\n`);
      const done = options.dryRun ? 'would be dropped' : 'dropped';
      process.stderr.write(`${former.models.length} read models ${done}\n`);
    } finally {
      release?.();
    }
  });
}
