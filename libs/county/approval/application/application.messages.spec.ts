import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { APPROVAL_MESSAGES } from './application.messages.js';

const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const library = new URL('../', import.meta.url);
  const rules = readdirSync(library, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/^(handlers|read-models|testing)\/|messages|spec/.test(file))
    .map((file) => readFileSync(new URL(file, library), 'utf8'))
    .join('\n');
  const used = new Set([...rules.matchAll(/'(application\.[a-z-]+)'/g)].map(([, code]) => code));
  expect([...used].sort()).toEqual(Object.keys(APPROVAL_MESSAGES).sort());
  for (const { zh, en } of Object.values(APPROVAL_MESSAGES)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[\x20-\x7e\u2019{}]+$/);
    // Names of stages and acts are parameters of their own in a language; all others are the same in both.
    const plain = (text: string) => new Set(parameters(text).map((name) => name?.replace(/(Zh|En)$/, '')));
    expect([...plain(zh)].sort()).toEqual([...plain(en)].sort());
  }
});
