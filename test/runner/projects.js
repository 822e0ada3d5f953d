/**
 * Which files of tests run together: paths from the root of the project, as regular expressions. Each file belongs to one
 * project, which test/architecture/test-projects.spec.ts checks. What takes minutes by its nature has a project of its own.
 */
export const PROJECTS = {
  /** What needs no server and no process of its own, and no store on disk but a small one. */
  unit: ['libs/(?!engine/store-|shell/(?:system|simulation)/).*', 'test/architecture/.*'],
  /** Stores, processes, and the whole system in use. */
  system: [
    'libs/(?:engine/store-|shell/system/).*',
    'apps/.*',
    'test/(?:acceptance|e2e)/(?!key-projects|demo-county|every-filter|disk-reserve|start-failures).*',
    'test/contract/(?!eventstoredb|mongodb).*',
  ],
  /** Whole simulated counties. */
  counties: ['libs/shell/simulation/.*', 'test/acceptance/(?:key-projects|demo-county|every-filter).*'],
  /** Every route asked by everybody, and hostile callers. */
  security: ['test/security/.*'],
  /** Processes that are killed or cannot start, disks that fail or are full, data that are damaged or gone. */
  chaos: ['test/chaos/(?!engine-).*', 'test/e2e/(?:disk-reserve|start-failures).*'],
  /** The adapters of EventStoreDB and MongoDB, and what happens when an engine is away. */
  engines: ['test/contract/(?:eventstoredb|mongodb).*', 'test/engines/.*', 'test/chaos/engine-.*'],
};

/** @param {string} path from the root of the project */
export const projectsOf = (path) =>
  Object.keys(PROJECTS).filter((name) => patternsOf(name).some((pattern) => pattern.test(path)));

/** @param {string} name */
export const patternsOf = (name) => PROJECTS[name].map((pattern) => new RegExp(`^${pattern}\\.spec\\.ts$`));
