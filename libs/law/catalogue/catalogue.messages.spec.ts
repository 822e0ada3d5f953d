import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { CATALOGUE_MESSAGES } from './catalogue.messages.js';
import { CHALLENGE_MESSAGES } from './challenge.messages.js';

const source = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test.each([
  [
    CATALOGUE_MESSAGES,
    ['catalogue.rules.ts', 'matter.decider.ts', 'template.decider.ts'],
    /'((?:matter|template)\.[a-z-]+)'/g,
  ],
  [CHALLENGE_MESSAGES, ['challenge.rules.ts', 'challenge.decider.ts'], /'(challenge\.[a-z-]+)'/g],
])(
  'every violation has a message in both languages, and no message is left without its rule',
  (messages, files, code) => {
    const used = new Set([...files.map(source).join('').matchAll(code)].map(([, found]) => found));
    expect([...used].sort()).toEqual(Object.keys(messages).sort());
    for (const { zh, en } of Object.values<{ readonly zh: string; readonly en: string }>(messages)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).toMatch(/^[\x20-\x7e]+$/);
      // What is said in the words of one language has a parameter for each.
      const words = parameters(zh).flatMap((name) => (name?.endsWith('Zh') ? [name, name.slice(0, -2)] : []));
      const others = (text: string) => parameters(text).filter((name) => !words.includes(name ?? ''));
      expect(others(zh)).toEqual(others(en));
    }
  },
);
