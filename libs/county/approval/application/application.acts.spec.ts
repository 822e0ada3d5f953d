import { cited } from '#libs/law/citations';
import { actOf } from '#libs/shell/nest';
import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { type ActRow } from '../core/act-row.js';
import { AcceptApplication } from '../intake/intake.commands.js';
import { ACTS } from './application.acts.js';

const libs = new URL('../../../', import.meta.url);
/** The running code of all libraries, without its comments. */
const sources = readdirSync(libs, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|testing\//.test(file))
  .map((file) => ({
    file,
    code: readFileSync(new URL(file, libs), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''),
  }));
const rows: readonly (ActRow & { readonly type: string })[] = Object.values(ACTS);
const inApproval = (file: string) => /^county[\\/]approval[\\/]/.test(file);

test('the row of an act is the only place that says its Chinese name, its stages and its article', () => {
  const names = new Set(rows.map(({ zh }) => zh));
  const again = sources
    .filter(({ file }) => !file.endsWith('.table.ts'))
    .flatMap(({ file, code }) => [
      ...[...code.matchAll(/\bzh: '([^']*)'/g)].filter(([, zh = '']) => names.has(zh)),
      ...(inApproval(file) ? code.matchAll(/\bstages: \[|'[^'\n]*\bArt\. \d[^'\n]*'/g) : []),
    ])
    .map(([text]) => text);
  expect(again).toEqual([]);
  expect(sources.filter(({ file }) => inApproval(file) && file.endsWith('.table.ts'))).toHaveLength(11);
});

/** A field that a row may leave out; `never` if there is none. */
type Optional = {
  [Field in keyof ActRow]-?: object extends Pick<ActRow, Field> ? Field : never;
}[keyof ActRow];

test('a row without one of its fields does not compile', () => {
  const isWhole: [Optional] extends [never] ? true : false = true;
  expect(isWhole).toBe(true);
  const fields = Object.keys(ACTS.AcceptApplication).sort();
  expect(new Set(rows.map((row) => Object.keys(row).sort().join()))).toEqual(new Set([fields.join()]));
});

test('the route of a command reads its row', () => {
  const { path, roles, zh, en, article } = ACTS.AcceptApplication;
  expect(actOf(AcceptApplication)).toEqual({
    ...{ type: 'AcceptApplication', path, roles },
    ...{ summary: `${zh} ${en}`, article: cited(article) },
  });
});

test('no two acts have the same address or the same name', () => {
  expect(new Set(rows.map(({ path }) => path)).size).toBe(rows.length);
  expect(new Set(rows.map(({ zh }) => zh)).size).toBe(rows.length);
});
