import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { DUTY_MESSAGES } from './duty.messages.js';
import { ROSTER_MESSAGES } from './roster.messages.js';

const source = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test.each([
  {
    files: ['duty.rules.ts', 'duty.decider.ts', 'published-catalogue.decider.ts'],
    code: /'((?:duty|catalogue)\.[a-z-]+)'/g,
    messages: DUTY_MESSAGES,
  },
  { files: ['roster.rules.ts'], code: /'((?:roster|delegation)\.[a-z-]+)'/g, messages: ROSTER_MESSAGES },
])(
  'every violation of $files has a message in both languages, and no message is left without its rule',
  ({ files, code, messages }) => {
    const used = new Set([...files.map(source).join('').matchAll(code)].map(([, found]) => found));
    expect([...used].sort()).toEqual(Object.keys(messages).sort());
    for (const { zh, en } of Object.values(messages)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).toMatch(/^[\x20-\x7e]+$/);
      expect(parameters(zh)).toEqual(parameters(en));
    }
  },
);
