import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { cited, construction, lawCatalogue, licensing, readReferences, STATUTES } from './index.js';

const laws = lawCatalogue(parse(readFileSync(new URL('../../../data/laws.yaml', import.meta.url), 'utf8')));

test('each law that the program rests on is in the catalogue of laws, by its code and its name', () => {
  const found = Object.values(STATUTES).map((name) => laws.find(name)?.code);
  expect(found).toEqual(Object.keys(STATUTES));
});

test.each([
  [licensing(38), '行政许可法 Art. 38'],
  [licensing(32, 4), '行政许可法 Art. 32(4)'],
  [licensing(69, null, 2), '行政许可法 Art. 69 para. 2'],
  [construction(9), '建筑法 Art. 9'],
])('%j is cited as %s, and read as the same place', (reference, text) => {
  expect(cited(reference)).toBe(text);
  expect(readReferences(laws, text)).toEqual({ references: [reference], fault: null });
});
