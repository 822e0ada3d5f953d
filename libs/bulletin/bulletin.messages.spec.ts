import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { BULLETIN_MESSAGES } from './bulletin.messages.js';

const folder = new URL('./', import.meta.url);
const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const text = readdirSync(folder)
    .filter((file) => /\.(rules|decider|refusal)\.ts$/.test(file))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('');
  const used = new Set([...text.matchAll(/'(bulletin\.[a-z-]+)'/g)].map(([, code]) => code));
  expect([...used].sort()).toEqual(Object.keys(BULLETIN_MESSAGES).sort());
  for (const { zh, en } of Object.values(BULLETIN_MESSAGES)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
    expect(parameters(zh)).toEqual(parameters(en));
  }
});
