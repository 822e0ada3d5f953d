import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const dist = join(import.meta.dirname, '../../dist');
const DRIVER = /^(?:mongodb|bson|@eventstore\/|@grpc\/)/;
const FRAMEWORK = /^(?:@nestjs\/|@?fastify|class-validator|class-transformer|reflect-metadata)/;

/** What a compiled file imports: files of the product by their path, packages by their name. Types are gone by then. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^\s*(?:import|export)\b[^;'"]*['"]([^'"]+)['"]/gm)].map(([, name = '']) => {
    if (name.startsWith('.')) return join(dirname(file), name);
    return name.startsWith('#libs/') ? join(dist, 'libs', name.slice('#libs/'.length), 'index.js') : name;
  });
}

/** The shortest path of imports from a file to a package; null if there is none. */
function wayTo(packages: RegExp, door: string): readonly string[] | null {
  const ways = [[door]];
  const seen = new Set([door]);
  for (const way of ways) {
    for (const name of importsOf(way.at(-1) ?? '')) {
      if (packages.test(name)) return [...way, name];
      if (seen.has(name) || !existsSync(name)) continue;
      seen.add(name);
      ways.push([...way, name]);
    }
  }
  return null;
}

const wayToFramework = (door: string) => wayTo(FRAMEWORK, door);

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

test('a thread that folds loads no web framework, which would take as much memory again in each', () => {
  expect(wayToFramework(join(dist, 'libs/shell/system/projector-thread.js'))).toBeNull();
});

test('the drivers of other engines are loaded when one is configured, so that the embedded server keeps none', () => {
  expect(wayTo(DRIVER, join(dist, 'apps/server/main.js'))).toBeNull();
  expect(wayTo(DRIVER, join(dist, 'libs/engine/store-mongodb/index.js'))).not.toBeNull();
  expect(wayTo(DRIVER, join(dist, 'libs/engine/store-eventstoredb/index.js'))).not.toBeNull();
});
