import { common, ofTheRun, project } from './jest.config.js';

/** The end-to-end tests on a pair of engines. */
const onEngines = (displayName, engines, partitions = 1) => ({
  ...common,
  displayName,
  testMatch: ['<rootDir>/test/e2e/*.spec.ts'],
  globals: { ENGINES: engines, PARTITIONS: partitions },
  // It brings both engines itself: once is enough.
  testPathIgnorePatterns: ['/node_modules/', '/migrate\\.'],
});

/**
 * The adapters and what happens when an engine is away, and the tests of the whole system on each pair of engines:
 * `npm run test:engines`.
 *
 * @type {import('jest').Config}
 */
export default {
  ...ofTheRun,
  testTimeout: 2 * ofTheRun.testTimeout,
  projects: [
    project('engines'),
    onEngines('lmdb + mongodb', ['mongodb']),
    onEngines('eventstoredb + mongodb', ['eventstoredb', 'mongodb'], 3),
  ],
};
