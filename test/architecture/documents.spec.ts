import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), 'utf8');

function files(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name));
}

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'libs/county/approval/README.md',
  'CHANGELOG.md',
  ...files('docs', /\.md$/),
];

describe('the documents', () => {
  test('the README says the two commands first, and CI runs the one that tests', () => {
    const [first] = /```sh\n([^`]*)```/.exec(read('README.md'))?.slice(1) ?? [];
    expect(first).toBe('npm ci && npm start\nnpm ci && npm test\n');
    expect(read('.ci/run').split('\n')).toContain('npm ci && npm test');
  });

  test('every link to a file leads to one', () => {
    const broken = documents.flatMap((document) =>
      [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)]
        .map(([, target]) => join(dirname(document), target ?? ''))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${document} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test('every file named in flow.md and the how-tos exists', () => {
    const sources = new Set(
      files('libs', /\.ts$/)
        .concat(files('apps', /\.ts$/), files('test', /\.ts$/))
        .flatMap((path) => [path, path.split('/').at(-1)]),
    );
    const missing = documents
      .filter((document) => document.startsWith('docs/') && !document.startsWith('docs/adr/'))
      .flatMap((document) =>
        [...read(document).matchAll(/`([\w./-]+\.ts)`/g)]
          .map(([, name]) => name ?? '')
          .filter((name) => !sources.has(name))
          .map((name) => `${document}: ${name}`),
      );
    expect(missing).toEqual([]);
  });

  test('the code of add-a-command.md is the code of the files that it names', () => {
    const blocks = [
      ...read('docs/how-to/add-a-command.md').matchAll(/^`([\w./-]+\.ts)`:\n\n```ts\n([^`]*)\n```$/gm),
    ];
    expect(blocks.length).toBeGreaterThanOrEqual(6);
    const other = blocks.filter(([, path, code]) => !read(path ?? '').includes(code ?? ''));
    expect(other.map(([, path]) => path)).toEqual([]);
  });

  test('K8 every variable that the server reads is explained, and every one in the tables is read', () => {
    const variables = [
      ...read('libs/shell/system/variables.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+)\?: /gm),
    ].map(([, name]) => name ?? '');
    const told = ['README.md', ...files('docs/how-to', /\.md$/)].map(read).join('\n');
    expect(variables.length).toBeGreaterThan(20);
    expect(variables.filter((name) => !new RegExp(`\\b${name}\\b`).test(told))).toEqual([]);
    const rows = read('docs/how-to/operate.md').matchAll(/^\|[^|]*\| `([A-Z][A-Z0-9_]+)` \|/gm);
    const limits = [...rows].map(([, name]) => name ?? '');
    expect(limits).toContain('MAX_IN_FLIGHT');
    expect(limits.filter((name) => !variables.includes(name))).toEqual([]);
  });

  test('decisions are numbered without gaps, and the index lists each', () => {
    const records = files('docs/adr', /^\d{4}-.*\.md$/).map((path) => path.slice('docs/adr/'.length));
    const numbers = records.map((record) => Number(record.slice(0, 4)));
    expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
    const listed = [...read('docs/adr/README.md').matchAll(/\]\((\d{4}-[^)]+)\)/g)].map(
      ([, name]) => name ?? '',
    );
    expect(listed).toEqual(records.sort());
  });
});

test('a source file or a test holds one idea: none is longer than 350 lines', () => {
  const long = ['libs', 'apps', 'test']
    .flatMap((folder) => files(folder, /\.ts$/))
    .map((path) => ({ path, lines: read(path).split('\n').length }))
    .filter(({ lines }) => lines > 350);
  expect(long).toEqual([]);
});
