import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = new URL('../..', import.meta.url).pathname;

test('what the programs of the tests and the bench import from what was built is there', () => {
  const programs = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => join('test', name));
  expect(programs.length).toBeGreaterThan(10);
  const checker = join(root, 'test/architecture/imported-names.mjs');
  expect(execFileSync(process.execPath, [checker, ...programs], { cwd: root, encoding: 'utf8' })).toBe('');
});
