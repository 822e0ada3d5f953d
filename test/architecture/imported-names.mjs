/**
 * Prints each name that a program of the tests or the bench imports from what was built and that does not exist: no compiler
 * checks these files, so a name that is no longer exported would be found only when they run. Usage: node imported-names.mjs
 * FILE…
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const addressOf = (from, file) =>
  from.startsWith('#') ? import.meta.resolve(from) : pathToFileURL(resolve(dirname(file), from)).href;

for (const file of process.argv.slice(2)) {
  for (const [, names, from] of readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from '([^']+)'/g)) {
    if (!/^#libs\/|\/dist\//.test(from)) continue;
    const offered = await import(addressOf(from, file));
    for (const name of names.split(',').map((each) => each.trim().split(' as ')[0]))
      if (name !== '' && !(name in offered)) process.stdout.write(`${file}: ${from} has no ${name}\n`);
  }
}
process.exit(0);
