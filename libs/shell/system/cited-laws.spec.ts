import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dataFile } from '#libs/shell/seeding';
import { faultInText, readArticlesOf, readReferences } from '#libs/law/citations';
import { parse } from 'yaml';
import { readTables } from './tables.js';

type Yaml = ReturnType<typeof JSON.parse>;
const { laws } = await readTables();

/** Every value of a YAML file, with what is beside it. */
function objectsIn(value: Yaml): readonly Yaml[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : [value]), ...Object.values(value).flatMap(objectsIn)];
}

const inData = ['catalogue', 'templates', 'policies'].flatMap((folder) =>
  readdirSync(dataFile(folder)).flatMap((name) =>
    objectsIn(parse(readFileSync(dataFile(folder, name), 'utf8'))),
  ),
);

test('T2 every law that the data cite is in the catalogue of laws, and has the article', () => {
  const cited = inData.filter(({ law }) => typeof law === 'string');
  expect(cited.length).toBeGreaterThan(50);
  const wrong = cited.filter(({ law, article, verified }) => {
    const { fault } = readArticlesOf(laws, law, article);
    return fault !== null && (verified || article !== '未核实' || fault.code !== 'law.no-article');
  });
  expect(wrong).toEqual([]);
  const texts = inData.flatMap(({ basis, article, law }) => [basis, ...(law === undefined ? [article] : [])]);
  const references = texts.filter((text) => typeof text === 'string');
  expect(references.length).toBeGreaterThan(5);
  expect(references.flatMap((text) => readReferences(laws, text).fault ?? [])).toEqual([]);
});

test('T2 every article that the code cites is one of the catalogue of laws', () => {
  const root = dataFile('..');
  const files = ['libs', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(root, folder, name),
    ),
  );
  const cited = files
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .flatMap((name) => [...readFileSync(name, 'utf8').matchAll(/'(\p{Script=Han}+ Art\. \d[^'…]*)'/gu)])
    .map(([, text = '']) => text);
  expect(cited.length).toBeGreaterThan(80);
  expect(cited.flatMap((text) => readReferences(laws, text).fault ?? [])).toEqual([]);
  expect(faultInText(laws, '《行政许可法》第九十条')).toMatchObject({
    code: 'law.article-beyond',
    articles: 83,
  });
});
