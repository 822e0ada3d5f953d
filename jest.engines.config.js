import base from './jest.config.js';

// Of the whole run, not of one project.
const { testTimeout, maxWorkers, workerIdleMemoryLimit, ...ofProject } = base;

/** The contracts, the faults, and the tests of the whole system on each pair of engines: `npm run test:engines`. */
const project = (displayName, testMatch, engines, partitions = 1) => ({
  ...ofProject,
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/test/${pattern}`),
  globals: { ENGINES: engines, PARTITIONS: partitions },
  // It brings both engines itself: once is enough.
  testPathIgnorePatterns: engines.length > 0 ? ['/node_modules/', '/migrate\\.'] : ['/node_modules/'],
});

/** @type {import('jest').Config} */
export default {
  testTimeout: 2 * testTimeout,
  maxWorkers,
  workerIdleMemoryLimit,
  projects: [
    project('contracts', ['contract/*.spec.ts', 'engines/*.spec.ts', 'chaos/engine-*.spec.ts'], []),
    project('lmdb + mongodb', ['e2e/*.spec.ts'], ['mongodb']),
    project('eventstoredb + mongodb', ['e2e/*.spec.ts'], ['eventstoredb', 'mongodb'], 3),
  ],
};
