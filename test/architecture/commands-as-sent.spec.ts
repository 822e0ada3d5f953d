import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';

const FOLDERS = ['libs/county', 'libs/law', 'libs/reports'];

/** Files of the areas, without their tests. */
const sources = (name: RegExp) =>
  FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => name.test(path) && !path.endsWith('.spec.ts'))
      .map((path) => ({ path, lines: readFileSync(`${folder}/${path}`, 'utf8').split('\n') })),
  );

/** Lines that match, each with its file. */
const found = (name: RegExp, matches: (line: string, before: string) => boolean) =>
  sources(name).flatMap(({ path, lines }) =>
    lines.flatMap((line, index) =>
      matches(line, lines[index - 1] ?? '') ? [`${path}: ${line.trim()}`] : [],
    ),
  );

describe('a command stays as it was sent', () => {
  test('no handler, lookup, rule or decider of an area writes to one', () => {
    const writes = (line: string) => /\bcommand\.\w+(\.\w+)* (\?\?|\|\||[-+*])?= /.test(line);
    expect(writes('    command.missing = found;')).toBe(true);
    expect(writes('    const missing = command.missing;')).toBe(false);
    expect(found(/\.ts$/, writes)).toEqual([]);
  });

  test('its class declares only fields that its sender fills in: those of the body and those of the import', () => {
    const isFilledIn = (line: string, before: string) =>
      /^ {2}declare (?!readonly type\b)\w+/.test(line) && !/^ {2}@\w+\(/.test(before);
    expect(isFilledIn('  declare missing: string[];', '')).toBe(true);
    expect(isFilledIn('  declare source: string | null;', '  @SentBySystem()')).toBe(false);
    expect(found(/\.commands\.ts$/, isFilledIn)).toEqual([]);
  });

  test('the classes and handlers that this looks at are there', () => {
    expect(sources(/\.commands\.ts$/).length).toBeGreaterThan(20);
    expect(sources(/\.lookups\.ts$/).length).toBeGreaterThan(8);
  });
});
