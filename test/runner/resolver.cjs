const { existsSync } = require('node:fs');
const { join, relative, sep } = require('node:path');

const root = join(__dirname, '../..');
const compiled = join(root, 'dist');

/** What calls Jest, and so has to be part of each file of tests. */
const isOfTests = (path) => /(^|\/)([a-z-]+-)?testing\/|\.spec\.[jt]s$/.test(path);

/** The product is taken as it was compiled, what tests are made of as it is written. */
module.exports = (request, options) => {
  const found = options.defaultResolver(
    /^\.{1,2}\/.*\.js$/.test(request) ? request.slice(0, -'.js'.length) : request,
    options,
  );
  const path = relative(root, found).split(sep).join('/');
  const [, name] = /^(?:dist\/)?((?:libs|apps)\/.+)\.[jt]s$/.exec(path) ?? [];
  if (name === undefined) return found;
  const file = isOfTests(`${name}.ts`) ? join(root, `${name}.ts`) : join(compiled, `${name}.js`);
  return existsSync(file) ? file : found;
};
