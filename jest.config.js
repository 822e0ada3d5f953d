import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', swc],
    // A package of ES modules that @fastify/static requires. Node does that from 20.19 on, Jest only on Node 24.9.
    'node_modules/content-disposition/.+\\.js$': ['@swc/jest', { module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!content-disposition/)'],
  moduleNameMapper: {
    '^#libs/(.+)$': '<rootDir>/libs/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  // Ends what hangs; no measure of speed, so that a busy machine does not fail a test.
  testTimeout: 600_000,
  // Suites wait for disks and for other processes: one processor left idle, as Jest has it, is one wasted.
  maxWorkers: '100%',
  // Modules stay in a worker's memory with each suite: one that has grown is replaced before collecting costs more than testing.
  workerIdleMemoryLimit: '1GB',
};
