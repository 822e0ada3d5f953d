const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

// Jest evaluates the modules of each file of tests in a context of its own, with an Object, an Error and a process that are
// not those of the product. Here they are evaluated next to the product: what either makes is the same to the other.
for (const name of ['SourceTextModule', 'SyntheticModule']) {
  const Module = vm[name];
  vm[name] = class extends Module {
    constructor(...args) {
      super(...args.map((arg) => (arg?.context ? { ...arg, context: undefined } : arg)));
    }
  };
}

/** What `shared.cjs` gives for a package and for the compiled product: loaded once a process, not once a file of tests. */
globalThis.loadShared = require;

/** `expect` itself stays in the context: `expect.any(String)` has to know the String of the tests. */
const CLASSES = Object.getOwnPropertyNames(globalThis).filter(
  (name) => /^[A-Z]/.test(name) && typeof globalThis[name] === 'function',
);

module.exports = class SharingEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.loadShared = require;
    for (const name of CLASSES) this.global[name] = globalThis[name];
    this.globals = config.projectConfig.globals;
    Object.assign(globalThis, this.globals);
  }

  async teardown() {
    for (const name of Object.keys(this.globals)) delete globalThis[name];
    await super.teardown();
  }
};
