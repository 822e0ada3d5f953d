import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, readDataFile } from '#libs/shell/seeding';
import { demandTable, findProofs, parseDemands, unproven } from './demands.js';
import { UserError } from './failure.js';

/** Prints what the speech asks for, row by row, with the test that proves each. */
export async function demandsCommand(): Promise<void> {
  const root = projectRoot();
  if (!existsSync(join(root, 'test')))
    throw new UserError('the tests are not installed here: nothing to show');
  const { name, text } = await readDataFile('demands.yaml');
  const demands = parseDemands(name, text);
  const proofs = await findProofs(root);
  process.stdout.write(demandTable(demands, proofs));
  const missing = unproven(demands, proofs);
  if (missing.length > 0) throw new UserError(`claimed but not proven: ${missing.join(', ')}`);
}
