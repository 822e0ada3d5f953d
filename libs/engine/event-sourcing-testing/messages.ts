import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';

type Messages = { readonly [code: string]: { readonly zh: string; readonly en: string } };

/** Parameters of a message; `actZh` and `actEn` are what `act` is called in a language. */
const parameters = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name.replace(/(Zh|En)$/, '')))].sort();

/**
 * Every violation that the files name has a message, every message has its violation, and both languages use the same
 * parameters. `code` finds a violation's code in the text, as its first group.
 */
export function expectMessages(files: readonly URL[], code: RegExp, messages: Messages): void {
  const text = files.map((file) => readFileSync(file, 'utf8')).join('');
  const used = new Set([...text.matchAll(code)].map(([, found]) => found));
  expect([...used].sort()).toEqual(Object.keys(messages).sort());
  for (const { zh, en } of Object.values(messages)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
    expect(parameters(zh)).toEqual(parameters(en));
  }
}
