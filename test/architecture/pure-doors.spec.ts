import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Prints the address of every module that is loaded after it. */
const HOOK = `
  import { writeSync } from 'node:fs';
  export async function load(url, context, next) {
    writeSync(1, url + '\\n');
    return next(url, context);
  }`;
const REGISTER = `
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(HOOK)}));`;

/** Modules that a process loads which imports this one door and nothing else. */
async function loadedBy(door: string): Promise<readonly string[]> {
  const hook = `data:text/javascript,${encodeURIComponent(REGISTER)}`;
  const script = `await import(${JSON.stringify(door)})`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', '--import', hook, '--input-type=module', '--eval', script],
    { cwd: root, maxBuffer: 64 * 1024 * 1024 },
  );
  return stdout.split('\n').filter((line) => line !== '');
}

const HTTP = /\/node_modules\/(@nestjs|@fastify|fastify|class-validator|class-transformer)\//;
const httpAmong = (urls: readonly string[]) => urls.filter((url) => HTTP.test(url));

test('the pure door of approval loads neither Nest nor class-validator; its other door does', async () => {
  const pure = await loadedBy('#libs/county/approval');
  expect(pure.some((url) => url.endsWith('/approval/application/application.decider.js'))).toBe(true);
  expect(httpAmong(pure)).toEqual([]);
  expect(httpAmong(await loadedBy('#libs/county/approval/http')).length).toBeGreaterThan(0);
});
