import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where damaged read models are kept until the next ones are. */
const ASIDE = 'read-models.damaged';

/** Moves the read models out of the way, so that they are built anew from the log; returns the new directory. */
export function moveModelsAside(directory: string): string {
  const aside = join(directory, ASIDE);
  rmSync(aside, { recursive: true, force: true });
  renameSync(join(directory, 'read-models'), aside);
  return aside;
}
