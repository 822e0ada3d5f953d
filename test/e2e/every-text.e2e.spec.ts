import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DiscoveryService } from '@nestjs/core';
import {
  bodyReader,
  type CheckedProperty,
  checkedProperties,
  citationOf,
  COMMANDS_METADATA,
  type HttpCommandClass,
  InvalidInput,
} from '#libs/shell/nest';
import { TestServer } from './server.js';

let server: TestServer;
let commands: readonly HttpCommandClass[] = [];
beforeAll(async () => {
  server = await TestServer.start();
  commands = server.app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype }) => {
      const offered: unknown = metatype && Reflect.getMetadata(COMMANDS_METADATA, metatype);
      return (offered ?? []) as readonly HttpCommandClass[];
    });
});
afterAll(() => server.remove());

/** A field of a command, those of nested objects too: its place, and a body that holds nothing but it. */
interface Field {
  readonly command: HttpCommandClass;
  readonly place: string;
  readonly property: CheckedProperty;
  readonly bodyWith: (value: unknown) => object;
}

function fieldsOf(
  command: HttpCommandClass,
  of: new () => object = command,
  at = '',
  around: (inner: object) => object = (inner) => inner,
): Field[] {
  return checkedProperties(of).flatMap((property) => {
    const { name, nested, checks } = property;
    const list = checks.some(({ each }) => each);
    const place = `${at}${name}${list && nested !== null ? '[0]' : ''}`;
    const bodyWith = (value: unknown) => around({ [name]: list ? [value] : value });
    return nested === null
      ? [{ command, place, property, bodyWith }]
      : fieldsOf(command, nested, `${place}.`, bodyWith);
  });
}

/** Checks that let no text of the caller's own wording through. */
const STRICTER = ['isIn', 'matches', 'isLegalDay', 'isInstant', 'isBoolean', 'isInt', 'isNumber'];
/** Hashed as they are typed, and never stored. */
const SECRETS = ['password', 'current'];

const BLANK: readonly (readonly [string, string])[] = [
  ['a blank', ' '],
  ['an ideographic space', '\u3000'],
  ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
  ['a soft hyphen', '\u00ad'],
  ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
  ['a Braille blank', '\u2800'],
  ['nothing', ''],
];
/** The others are refused even where the law asks for a text, so that a rule refuses a blank one with its article. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ...BLANK,
  ['NUL', 'a\0b'],
  ['an escape', 'a\x1b[31m'],
  ['a lone surrogate', 'a\ud800'],
  ['an override of direction', '甲\u202e乙'],
  ['too many characters', 'x'.repeat(4001)],
];

describe('T1 every text of every command', () => {
  test('T1 goes through the one rule of texts or a stricter one', () => {
    expect(commands.length).toBeGreaterThan(80);
    const unruled = commands
      .flatMap((command) => fieldsOf(command))
      .filter(
        ({ property: { name, text, checks } }) =>
          text === null && !SECRETS.includes(name) && !checks.some((check) => STRICTER.includes(check.name)),
      );
    expect(unruled.map(({ command, place }) => `${command.name}.${place}`)).toEqual([]);
  });

  test.each(HOSTILE)('T1 %s is refused in each of them, naming the field', (_, text) => {
    const texts = commands.flatMap((command) => fieldsOf(command)).filter(({ property }) => property.text);
    expect(texts.length).toBeGreaterThan(150);
    const taken = texts.filter(({ command, place, property, bodyWith }) => {
      // Where the law asks for it, a rule says so with its article.
      if (property.text?.blank === true && BLANK.some(([, blank]) => blank === text)) return false;
      const told = problemsOf(command, bodyWith(text));
      return !told.includes(place);
    });
    expect(taken.map(({ command, place }) => `${command.name}.${place}`)).toEqual([]);
  });
});

function problemsOf(command: HttpCommandClass, body: object): readonly string[] {
  try {
    bodyReader(command, ['id'])(body);
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors.map(({ field }) => field);
    throw error;
  }
  return [];
}

/** Names of fields that cite law, or name the remedies against what they cite. */
const CITING = /^(?:laws?|articles?|(?:legal)?basis|statutes?|remed(?:y|ies))$/i;

/** Every class of a command's body, those of nested objects too. */
function classesOf(of: new () => object): readonly (new () => object)[] {
  return [of, ...checkedProperties(of).flatMap(({ nested }) => (nested === null ? [] : classesOf(nested)))];
}

test('T2 every field of every command that cites law is held against the catalogue of laws', () => {
  const classes = [...new Set(commands.flatMap(classesOf))];
  const citing = classes.flatMap((of) =>
    checkedProperties(of)
      .filter(({ name, nested }) => CITING.test(name) && nested === null)
      .map(({ name }) => {
        // A law is checked together with the article next to it.
        const isLaw = name === 'law' && citationOf(of, 'article') === 'article-of-law';
        return { place: `${of.name}.${name}`, citation: isLaw ? 'law-of-article' : citationOf(of, name) };
      }),
  );
  expect(citing.length).toBeGreaterThan(10);
  expect(citing.filter(({ citation }) => citation === null)).toEqual([]);
});
