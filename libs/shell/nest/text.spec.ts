import { describe, expect, test } from '@jest/globals';
import { readText } from './text.js';

const NAME = { max: 10, lines: false, blank: false };
const LONG = { max: 20, lines: true, blank: false };
const name = (text: string) => {
  const read = readText(text, NAME);
  return read.fault?.reason ?? [read.text];
};
const long = (text: string) => {
  const read = readText(text, LONG);
  return read.fault?.reason ?? [read.text];
};

const EMPTY = 'should not be empty';
const CONTROL = 'must not contain control characters';
const HALF = 'must not contain half a surrogate pair';
const ORDER = 'must not contain characters that change the order of the text';

/** Texts that show nothing at all, whatever characters they are made of. */
const BLANK: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a blank', ' '],
  ['tabs and line feeds', '\t\n\t'],
  ['no-break space', '\u00a0'],
  ['ideographic space', '\u3000\u3000'],
  ['en quad to hair space', '\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'],
  ['line and paragraph separators', '\u2028\u2029'],
  ['narrow no-break and mathematical space', '\u202f\u205f'],
  ['ogham space', '\u1680'],
  ['zero-width space', '\u200b'],
  ['zero-width non-joiner and joiner', '\u200c\u200d'],
  ['word joiner', '\u2060'],
  ['byte order mark', '\ufeff'],
  ['soft hyphen', '\u00ad'],
  ['Mongolian vowel separator', '\u180e'],
  ['combining grapheme joiner', '\u034f'],
  ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
  ['Braille blank', '\u2800'],
  ['variation selectors', '\ufe0f\u{e0100}'],
  ['invisible operators', '\u2061\u2062\u2063\u2064'],
  ['left-to-right and right-to-left marks', '\u200e\u200f\u061c'],
  ['marks on nothing', '\u0301\u0308'],
  ['tags', '\u{e0020}\u{e0041}'],
  ['all together', ' \u3000\u200b\u2060\ufeff\u00ad\u3164\u2800\u0301\n'],
];

describe('T1 the rule of texts', () => {
  test.each(BLANK)('T1 %s shows nothing', (_, text) => {
    expect([name(text), long(text)]).toEqual([EMPTY, EMPTY]);
  });

  test('T1 where blank is for a rule of the domain to refuse, it is read as empty', () => {
    expect(BLANK.map(([, text]) => readText(text, { ...NAME, blank: true }))).toEqual(
      BLANK.map(() => ({ text: '', fault: null })),
    );
  });

  test('T1 controls, halves of pairs, no characters and disguises are refused wherever they stand', () => {
    const refused = (bad: string) => [bad, `${bad}a`, `a${bad}b`, `a${bad}`].map(name);
    expect(refused('\0')).toEqual([CONTROL, CONTROL, CONTROL, CONTROL]);
    expect(refused('\x1b')).toEqual([CONTROL, CONTROL, CONTROL, CONTROL]);
    expect(refused('\x7f')).toEqual([CONTROL, CONTROL, CONTROL, CONTROL]);
    expect(refused('\uffff')).toEqual([CONTROL, CONTROL, CONTROL, CONTROL]);
    expect(refused('\ud800')).toEqual([HALF, HALF, HALF, HALF]);
    expect(refused('\udc00')).toEqual([HALF, HALF, HALF, HALF]);
    for (const order of [
      '\u202a',
      '\u202b',
      '\u202c',
      '\u202d',
      '\u202e',
      '\u2066',
      '\u2067',
      '\u2068',
      '\u2069',
    ])
      expect(name(`甲${order}乙`)).toBe(ORDER);
    expect(name('甲\u{e0041}乙')).toBe(ORDER);
  });

  test('T1 line breaks and tabs are allowed in long texts only, and breaks are normalised', () => {
    expect(['a\nb', 'a\tb', 'a\r\nb', 'a\u2028b'].map(name)).toEqual([CONTROL, CONTROL, CONTROL, CONTROL]);
    expect(['a\nb', 'a\tb', 'a\r\nb', 'a\u2028b', 'a\rb', 'a\u0085b', 'a\vb'].map(long)).toEqual([
      ['a\nb'],
      ['a\tb'],
      ['a\nb'],
      ['a\nb'],
      CONTROL,
      CONTROL,
      CONTROL,
    ]);
  });

  test('T1 what stays is trimmed and composed (NFC)', () => {
    expect(
      ['  平面图\u3000', '\u200b\ufeffa\u00ad', 'e\u0301', '\u1112\u1161\u11ab', 'a b', 'a\u3000b'].map(name),
    ).toEqual([['平面图'], ['a'], ['\u00e9'], ['\ud55c'], ['a b'], ['a\u3000b']]);
  });

  test('T1 signs of real writing stay: joiners within, selectors at the end, rare characters', () => {
    const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
    const name2 = '葛\u{e0100}';
    expect([family, name2, '\u2764\ufe0f', '\u{2000b}\u{30edd}', '\ue000', 'क्ष'].map(name)).toEqual(
      [family, name2, '\u2764\ufe0f', '\u{2000b}\u{30edd}', '\ue000', 'क्ष'].map((text) => [text]),
    );
  });

  test('T1 length is counted in characters, after trimming and composing', () => {
    const LONGER = 'must be shorter than or equal to 10 characters';
    expect(
      [
        'x'.repeat(10),
        'x'.repeat(11),
        '\u{20000}'.repeat(10),
        '\u{20000}'.repeat(11),
        `${'x'.repeat(10)}\u3000`,
      ].map(name),
    ).toEqual([['x'.repeat(10)], LONGER, ['\u{20000}'.repeat(10)], LONGER, ['x'.repeat(10)]]);
    expect(name('e\u0301'.repeat(10))).toEqual(['\u00e9'.repeat(10)]);
  });

  test('D1 marks are not composed where there are too many in a row', () => {
    const rule = { max: 4000, lines: true, blank: false };
    const marks = (count: number) => `a${'\u0316\u0301'.repeat(count / 2)}`;
    expect(readText(marks(10), rule).fault).toBeNull();
    expect(readText(`x${marks(3998)}`, rule).fault?.reason).toBe(
      'must not contain more than 10 combining marks in a row',
    );
  });
});
