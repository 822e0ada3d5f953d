const { existsSync } = require('node:fs');
const { join, relative, sep } = require('node:path');

const root = join(__dirname, '../..');

/** Files that call Jest, and so have to be part of each file of tests. */
const isOfTests = (name) => /\.spec$|(?:^|\/)(?:[a-z-]+-)?testing\//.test(name);

/** Leads imports of the product to what was compiled, and imports of tests and their helpers to what is written. */
module.exports = (request, options) => {
  const found = options.defaultResolver(
    /^\.{1,2}\/.*\.js$/.test(request) ? request.slice(0, -'.js'.length) : request,
    options,
  );
  const path = relative(root, found).split(sep).join('/');
  const [, name] = /^(?:dist\/)?((?:libs|apps)\/.+)\.[jt]s$/.exec(path) ?? [];
  if (name === undefined) return found;
  const file = isOfTests(name) ? join(root, `${name}.ts`) : join(root, 'dist', `${name}.js`);
  if (!existsSync(file)) throw new Error(`${file} does not exist: npm run build makes it`);
  return file;
};
