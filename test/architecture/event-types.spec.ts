import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { EVENT_TYPES } from '#libs/reports';

const libs = new URL('../../libs/', import.meta.url);

/** Of every event that was ever stored a golden one is kept, in its area. */
function goldenTypes(): readonly string[] {
  const golden = readdirSync(libs, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const [, file] = /\/golden\/([^/]+)$/.exec(path) ?? [];
    return file === undefined ? [] : [file];
  });
  return [...new Set(golden.map((file) => file.replace(/\.v\d+(?:\.[a-z-]+)?\.json$/, '')))].sort();
}

test('T4 the audit can be asked for every type of event that was ever stored, and for no other', () => {
  expect([...EVENT_TYPES]).toEqual(goldenTypes());
});
