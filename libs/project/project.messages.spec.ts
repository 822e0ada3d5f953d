import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { PROJECT_MESSAGES } from './project.messages.js';

const source = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const text = ['project.rules.ts', 'project.decider.ts', 'open-applications.ts', 'pre-review.rules.ts']
    .map(source)
    .join('');
  const used = new Set([...text.matchAll(/'(project\.[a-z-]+)'/g)].map(([, code]) => code));
  expect([...used].sort()).toEqual(Object.keys(PROJECT_MESSAGES).sort());
  for (const { zh, en } of Object.values(PROJECT_MESSAGES)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
    expect(parameters(zh)).toEqual(parameters(en));
  }
});
