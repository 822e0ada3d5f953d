import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { PROJECTS, projectsOf } from '../runner/projects.js';

const specs = ['libs', 'apps', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.spec.ts'))
    .map((path) => `${folder}/${path}`),
);
const scripts = (
  JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: Readonly<Record<string, string>> }
).scripts;
/** Names of projects that a script of package.json runs; none where it runs a program of its own. */
const selected = (script: string): readonly string[] =>
  /--selectProjects((?: [a-z]+)+)/
    .exec(scripts[script] ?? '')?.[1]
    ?.trim()
    .split(' ') ?? [];

test('every file of tests belongs to exactly one project', () => {
  expect(specs.filter((path) => projectsOf(path).length !== 1)).toEqual([]);
  expect(specs.length).toBeGreaterThan(300);
});

test('jest finds the same files, each once', () => {
  const listed = execFileSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--listTests', '--json'],
    { encoding: 'utf8' },
  );
  const root = process.cwd();
  const found = (JSON.parse(listed) as readonly string[]).map((path) => path.slice(root.length + 1));
  expect([...found].sort()).toEqual([...specs].sort());
});

test('every project is run by one script, and .ci/run runs every script of tests', () => {
  const tests = Object.keys(scripts).filter((name) => /^test(?::(?!unit$)|$)/.test(name));
  const run = tests.flatMap((name) => (name === 'test:engines' ? ['engines'] : selected(name)));
  expect([...run].sort()).toEqual(Object.keys(PROJECTS).sort());
  expect(selected('test:unit')).toEqual(['unit']);
  const ci = readFileSync('.ci/run', 'utf8');
  const called = tests.filter((name) =>
    new RegExp(name === 'test' ? '^npm ci && npm test$' : `npm run -s ${name}\\b`, 'm').test(ci),
  );
  expect(called).toEqual(tests);
});
