const { createHash } = require('node:crypto');

/** null for what Jest needs for itself, which runs in the process and not in a file of tests. */
const formOf = ({ supportsStaticESM, supportsDynamicImport }) =>
  supportsStaticESM ? 'module' : supportsDynamicImport ? 'commonjs' : null;

const namesOf = (file) => {
  const exported = require(file);
  return exported === null || !['object', 'function'].includes(typeof exported) ? [] : Object.keys(exported);
};

/** Gives Jest, instead of the code of a module, the module as `environment.cjs` has loaded it. */
module.exports = {
  getCacheKey: (source, file, options) => {
    const form = formOf(options);
    const content = form === null ? source : form === 'module' ? namesOf(file) : '';
    return createHash('sha256')
      .update(JSON.stringify([file, form, content]))
      .digest('hex')
      .slice(0, 32);
  },

  process: (source, file, options) => {
    const form = formOf(options);
    if (form === null) return { code: source };
    const load = `globalThis.loadShared(${JSON.stringify(file)})`;
    if (form === 'commonjs') return { code: `module.exports = ${load};` };
    const names = namesOf(file);
    return {
      code: [
        `const shared = ${load};`,
        ...names.map((name, index) => `const name${index} = shared[${JSON.stringify(name)}];`),
        `export { ${names.map((name, index) => `name${index} as ${JSON.stringify(name)}`).join(', ')} };`,
      ].join('\n'),
    };
  },
};
