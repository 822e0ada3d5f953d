import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), 'utf8');

function files(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name));
}

/** Words of the list in CONTRIBUTING.md that a pattern finds without false alarms, each with an example. */
const ODD_WORDS: readonly (readonly [RegExp, odd: string, plain: string])[] = [
  [/\bwhoever\b/i, 'Whoever opens it closes it', 'The caller closes it'],
  [/\bsomebody\b/i, 'somebody waits', 'a caller waits'],
  [
    /\b(?:is|are|was|were|be) told\b|(?:^|[.:] )told (?:of|when|once)\b/i,
    'Told of each fault',
    'Called for each fault',
  ],
  [/\bthe own\b/i, 'for the own department', 'for their own department'],
  [/\bbesides?\b/i, 'filled beside the live one', 'filled next to the live one'],
  [/\bputs? off\b/i, 'the term is put off', 'the term is postponed'],
  [/\bat the most\b/i, 'ten at the most', 'at most ten'],
  [/\bfor ever\b/i, 'read for ever', 'read permanently'],
  [/\blaid between\b/i, 'is laid between the departments', 'is held pending the dispute'],
  [/\blies? (?:before|after)\b/i, 'when `to` lies before `from`', 'when `to` is before `from`'],
  [
    /\b(?<!there )is no (?!longer\b|more\b|one\b)[a-z]/i,
    'it is no number',
    'there is no number, it is no longer one',
  ],
  [/\bwhere there is none\b/i, 'null where there is none', 'null if there is none'],
  [/\bstands? (?:in|for)\b/i, 'it stands in the event', 'it is recorded in the event'],
  [
    /^answers (?:true|false|once|when|whether)\b/i,
    'Answers true once it is read',
    'A department answers once',
  ],
];

/** A file's comments and test titles, or a document's text, without code and the targets of links. */
function proseOf(path: string): string[] {
  const text = read(path);
  const found = path.endsWith('.md')
    ? [text.replace(/^```.*?^```/gms, '').replace(/\]\([^)]*\)/g, ']')]
    : [
        ...[...text.matchAll(/^[ \t]*(?:\/\*.*?\*\/|\/\/[^\n]*(?:\n[ \t]*\/\/[^\n]*)*)/gms)].map(
          ([comment]) => comment,
        ),
        ...[...text.matchAll(/ \/\/ (.*)$/gm)].map(([, comment]) => comment ?? ''),
        ...[...text.matchAll(/\b(?:test|describe)(?:\.each\([^'`]*?\))?\(\s*(['`])(.*?)\1/gs)].map(
          ([, , title]) => title ?? '',
        ),
      ];
  return found.map((part) =>
    part
      .replace(/^[ \t]*(?:\/\*\*?|\*\/|\*|\/\/)/gm, ' ')
      .replace(/`[^`]*`/g, '…')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

describe('the words of comments, test titles and documents', () => {
  test.each(ODD_WORDS)('%s finds the odd wording and not the plain one', (pattern, odd, plain) => {
    expect([pattern.test(odd), pattern.test(plain)]).toEqual([true, false]);
  });

  test('are those of the list in CONTRIBUTING.md', () => {
    const sources = ['libs', 'apps', 'test', 'tools'].flatMap((folder) => files(folder, /\.(?:ts|mjs|cjs)$/));
    const documents = ['README.md', ...files('docs', /\.md$/), ...files('libs', /\.md$/)];
    expect(sources.length).toBeGreaterThan(1_000);
    const found = [...sources, ...documents].flatMap((path) =>
      proseOf(path).flatMap((part) =>
        ODD_WORDS.flatMap(([pattern]) => {
          const { index } = pattern.exec(part) ?? {};
          return index === undefined ? [] : [`${path}: ${part.slice(Math.max(0, index - 30), index + 40)}`];
        }),
      ),
    );
    expect(found).toEqual([]);
  });
});
