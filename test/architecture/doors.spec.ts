import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const dist = join(import.meta.dirname, '../../dist');
const FRAMEWORK = /^(?:@nestjs\/|@?fastify|class-validator|class-transformer|reflect-metadata)/;

/** What a compiled file imports: files of the product by their path, packages by their name. Types are gone by then. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^\s*(?:import|export)\b[^;'"]*['"]([^'"]+)['"]/gm)].map(([, name = '']) => {
    if (name.startsWith('.')) return join(dirname(file), name);
    return name.startsWith('#libs/') ? join(dist, 'libs', name.slice('#libs/'.length), 'index.js') : name;
  });
}

/** The shortest path of imports from a file to a web framework; null if there is none. */
function wayToFramework(door: string): readonly string[] | null {
  const ways = [[door]];
  const seen = new Set([door]);
  for (const way of ways) {
    for (const name of importsOf(way.at(-1) ?? '')) {
      if (FRAMEWORK.test(name)) return [...way, name];
      if (seen.has(name) || !existsSync(name)) continue;
      seen.add(name);
      ways.push([...way, name]);
    }
  }
  return null;
}

const doors = readdirSync(join(dist, 'libs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /^(?:(?:engine|law|county)\/[^/]+|reports)\/index\.js$/.test(path))
  .map((path) => join(dist, 'libs', path));

test('the door of every engine, law and area of work, and of the reports, loads no web framework', () => {
  expect(doors.length).toBeGreaterThanOrEqual(20);
  expect(doors.map(wayToFramework).filter((way) => way !== null)).toEqual([]);
});

test('the door for HTTP does load one, so that the test above can fail', () => {
  expect(wayToFramework(join(dist, 'libs/county/bulletin/http/index.js'))).not.toBeNull();
});

test('the command line loads a command when it is called, so that its help waits for no framework', () => {
  expect(wayToFramework(join(dist, 'apps/ops/program.js'))).toBeNull();
  expect(wayToFramework(join(dist, 'apps/ops/token.command.js'))).not.toBeNull();
});
