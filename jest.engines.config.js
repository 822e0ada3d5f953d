import base from './jest.config.js';

/** The contracts, the faults, and the tests of the whole system on each pair of engines: `npm run test:engines`. */
const project = (displayName, testMatch, engines) => ({
  ...base,
  testTimeout: undefined,
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/test/${pattern}`),
  globals: { ENGINES: engines },
  // It brings both engines itself: once is enough.
  testPathIgnorePatterns: engines.length > 0 ? ['/node_modules/', '/migrate\\.'] : ['/node_modules/'],
});

const { testTimeout } = base;

/** @type {import('jest').Config} */
export default {
  testTimeout: 2 * testTimeout,
  projects: [
    project('contracts', ['contract/*.spec.ts', 'engines/*.spec.ts', 'chaos/engine-*.spec.ts'], []),
    project('lmdb + mongodb', ['e2e/*.spec.ts'], ['mongodb']),
    project('eventstoredb + mongodb', ['e2e/*.spec.ts'], ['eventstoredb', 'mongodb']),
  ],
};
