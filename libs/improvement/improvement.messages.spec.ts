import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { IMPROVEMENT_MESSAGES } from './improvement.messages.js';

const source = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const text = ['improvement.rules.ts', 'improvement.decider.ts'].map(source).join('');
  const used = new Set([...text.matchAll(/'(improvement\.[a-z-]+)'/g)].map(([, code]) => code));
  expect([...used].sort()).toEqual(Object.keys(IMPROVEMENT_MESSAGES).sort());
  for (const { zh, en } of Object.values(IMPROVEMENT_MESSAGES)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
    expect(parameters(zh)).toEqual(parameters(en));
  }
});
