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

/** How a setting that cites law is called, wherever it stands. */
const CITING = /^(?:law|article|basis|legalBasis)$/;

/** Every object of a YAML file. */
function objectsIn(value: Yaml): readonly Yaml[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : [value]), ...Object.values(value).flatMap(objectsIn)];
}

/** Every text of a YAML file. */
function textsIn(value: Yaml): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

// The catalogue of laws itself cites nothing: the others are checked against it.
const settings = readdirSync(dataFile('.'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml') && name !== 'laws.yaml')
  .map((name) => ({ name, content: parse(readFileSync(dataFile(name), 'utf8')) }));

test('T2 every law that a setting cites, in whatever file of data, is in the catalogue of laws, and has the article', () => {
  const objects = settings.flatMap(({ content }) => objectsIn(content));
  const beside = objects.filter(({ law }) => typeof law === 'string');
  expect(beside.length).toBeGreaterThan(50);
  const wrong = beside.filter(({ law, article, verified }) => {
    const { fault } = readArticlesOf(laws, law, article);
    return fault !== null && (verified || article !== '未核实' || fault.code !== 'law.no-article');
  });
  expect(wrong).toEqual([]);
  const references = objects
    .filter(({ law }) => law === undefined)
    .flatMap((one) => Object.entries<Yaml>(one))
    .filter(([name, value]) => CITING.test(name) && name !== 'legalBasis' && value !== null)
    // Of a mapping: the column that says it, and the value used when the column is empty.
    .map(([, value]) => (typeof value === 'string' ? value : (value.otherwise ?? value.value)));
  // A text that was not read yet is cited by its name alone, and shown as 未核实.
  const unread = objects.filter(({ verified }) => verified === false).map(({ article }) => article);
  expect(references.length).toBeGreaterThan(5);
  expect(references.filter((text) => typeof text !== 'string')).toEqual([]);
  expect(
    references.flatMap((text) => {
      const { fault } = readReferences(laws, text);
      return fault === null || (fault.code === 'law.no-article' && unread.includes(text)) ? [] : fault;
    }),
  ).toEqual([]);
  expect(
    settings.flatMap(({ name, content }) =>
      textsIn(content).flatMap((text) => {
        const fault = faultInText(laws, text);
        return fault === null ? [] : [{ name, fault }];
      }),
    ),
  ).toEqual([]);
});

/** The laws of `libs/law/citations/statutes.ts`, by the functions that refer to them. */
const LAWS: Readonly<Record<string, string>> = {
  licensing: '行政许可法',
  construction: '建筑法',
  businessEnvironment: '优化营商环境条例',
};

test('T2 every article that the code cites is in the catalogue of laws', () => {
  const root = dataFile('..');
  const files = ['libs', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(root, folder, name),
    ),
  );
  const sources = files
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(name, 'utf8'));
  const texts = sources
    .flatMap((source) => [...source.matchAll(/'(\p{Script=Han}+ Art\. \d[^'…]*)'/gu)])
    .map(([, text = '']) => text);
  const references = sources
    .flatMap((source) => [...source.matchAll(/\b(licensing|construction|businessEnvironment)\((\d+)/g)])
    .map(([, law = '', article]) => `${LAWS[law]} Art. ${article}`);
  const cited = [...texts, ...references];
  expect(cited.length).toBeGreaterThan(80);
  expect(cited.flatMap((text) => readReferences(laws, text).fault ?? [])).toEqual([]);
  expect(faultInText(laws, '《行政许可法》第九十条')).toMatchObject({
    code: 'law.article-beyond',
    articles: 83,
  });
});
