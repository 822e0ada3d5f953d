import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { EVENT_TYPES, eventTypeWords } from '#libs/reports';

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

/** The fields of the data of the golden events, by type. */
function goldenFields(): Readonly<Record<string, readonly string[]>> {
  const fields = new Map<string, Set<string>>();
  for (const path of readdirSync(libs, { recursive: true, encoding: 'utf8' })) {
    if (!/\/golden\/[^/]+\.json$/.test(path)) continue;
    type Golden = { readonly type: string; readonly data: object };
    const kept = JSON.parse(readFileSync(new URL(path, libs), 'utf8')) as Golden | { readonly event: Golden };
    const event = 'event' in kept ? kept.event : kept;
    const own = fields.get(event.type) ?? new Set();
    for (const name of Object.keys(event.data)) own.add(name);
    fields.set(event.type, own);
  }
  return Object.fromEntries([...fields].map(([type, names]) => [type, [...names].sort()]));
}

test('22.7 every type of event is called by words of both languages, each its own, and its fields are named', () => {
  const all = EVENT_TYPES.map(eventTypeWords);
  expect(all.filter(({ zh }) => !/\p{Script=Han}/u.test(zh)).map(({ type }) => type)).toEqual([]);
  expect(new Set(all.map(({ zh }) => zh)).size).toBe(all.length);
  expect(new Set(all.map(({ en }) => en)).size).toBe(all.length);
  expect(Object.fromEntries(all.map(({ type, fields }) => [type, fields]))).toEqual(goldenFields());
});
