import { readFileSync } from 'node:fs';
import { patternsOf, PROJECTS } from './test/runner/projects.js';

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
const root = new URL('.', import.meta.url).pathname;

/** How every file of tests is run: the product as it was compiled, loaded once a process (docs/adr/0029). */
export const common = {
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: '<rootDir>/test/runner/environment.cjs',
  // What tests and the product share may not be emptied at the end of a file.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  resolver: '<rootDir>/test/runner/resolver.cjs',
  transform: {
    '^.+\\.ts$': ['@swc/jest', swc],
    '/(?:dist|node_modules)/.+\\.[cm]?js$': '<rootDir>/test/runner/shared.cjs',
  },
  transformIgnorePatterns: [],
  globalSetup: '<rootDir>/test/runner/seeded-setup.mjs',
  globalTeardown: '<rootDir>/test/runner/seeded-teardown.mjs',
};

/** @param {string} name */
export const project = (name) => ({
  ...common,
  displayName: name,
  testRegex: patternsOf(name).map(({ source }) => source.replace('^', `^${root}`)),
});

export const ofTheRun = {
  // Ends what hangs; no measure of speed, so that a busy machine does not fail a test.
  testTimeout: 600_000,
  // Suites wait for disks and for other processes: one processor left idle, as Jest has it, is one wasted.
  maxWorkers: '100%',
  // Contexts stay in a worker's memory with each suite: one that has grown is replaced before collecting costs more than testing.
  workerIdleMemoryLimit: '1.5GB',
};

/** @type {import('jest').Config} */
export default { ...ofTheRun, projects: Object.keys(PROJECTS).map(project) };
