import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';

/** What is searched of a text, and how often it is asked for: a matter's name comes with each of its versions. */
const known = new LRUCache<string, readonly string[]>({ max: 1_000 });

/** Letters and digits in lower case and nothing else, so that brackets, hyphens and width make no difference. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The same of a number, whose last character says only that it is one: 〔2026〕12号 is 202612. */
export const plainNumber = (text: string): string => plainText(text).replace(/号$/u, '');

/**
 * The forms in which a name is found: itself, in full pinyin, and by the first letters of its syllables. A text without Chinese
 * characters has one form.
 */
export function formsOf(name: string): readonly string[] {
  const found = known.get(name);
  if (found !== undefined) return found;
  const plain = plainText(name);
  const forms = /\p{Script=Han}/u.test(plain) ? [plain, ...pinyinOf(plain)] : [plain];
  const distinct = [...new Set(forms)].filter((form) => form !== '');
  known.set(name, distinct);
  return distinct;
}

interface PinyinLibrary {
  pinyin(
    text: string,
    options: { toneType: 'none'; type: 'all'; nonZh: 'consecutive'; v: true },
  ): readonly { readonly origin: string; readonly pinyin: string; readonly isZh: boolean }[];
}

let library: PinyinLibrary | null = null;

/** In full, and by first letters. The dictionary takes some 20 MB: it is read when the first Chinese name comes. */
function pinyinOf(text: string): readonly string[] {
  library ??= createRequire(import.meta.url)('pinyin-pro') as PinyinLibrary;
  const parts = library.pinyin(text, { toneType: 'none', type: 'all', nonZh: 'consecutive', v: true });
  const spelled = parts.map(({ origin, pinyin, isZh }) => (isZh && pinyin !== '' ? pinyin : origin));
  const initials = parts.map(({ origin, pinyin, isZh }) =>
    isZh && pinyin !== '' ? pinyin.slice(0, 1) : origin,
  );
  return [plainText(spelled.join('')), plainText(initials.join(''))];
}

/** Characters of a form that are indexed: of what is longer, the beginning is found. */
const INDEXED_CHARACTERS = 80;
const LONGEST_GRAM = 3;
/** Before the first character of a form: `^水`. */
const BEGINNING = '^';

/** Every part of one to three characters by which forms are found; parts of one character only at the beginning. */
export function gramsOf(forms: readonly string[]): readonly string[] {
  const grams = new Set<string>();
  for (const form of forms) {
    const characters = [...form].slice(0, INDEXED_CHARACTERS);
    for (let length = 2; length <= LONGEST_GRAM; length++) {
      for (let at = 0; at + length <= characters.length; at++) {
        grams.add(characters.slice(at, at + length).join(''));
      }
    }
    if (characters[0] !== undefined) grams.add(BEGINNING + characters[0]);
  }
  return [...grams].sort();
}

/** The part that leads to what may hold a plain text: its first three characters, fewer if it is shorter. */
export function gramFor(plain: string): string {
  const characters = [...plain];
  if (characters.length === 1) return BEGINNING + plain;
  return characters.slice(0, LONGEST_GRAM).join('');
}
