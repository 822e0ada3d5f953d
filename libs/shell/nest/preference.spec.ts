import { expect, test } from '@jest/globals';
import { prefersDryRun } from './preference.js';

test.each([
  'handling=dry-run',
  'Handling = "dry-run"',
  'handling=dry-run; foo=bar',
  'respond-async, wait=10, handling=dry-run',
  'foo="a, handling=strict", handling=dry-run',
  'handling=dry-run, handling=strict',
])('%s asks for a dry run', (header) => {
  expect(prefersDryRun(header)).toBe(true);
});

test.each([
  undefined,
  '',
  'handling',
  'handling=strict',
  'handling=lenient, handling=dry-run',
  'foo="handling=dry-run"',
  'foo=bar; handling=dry-run',
  'dry-run',
  'x-handling=dry-run',
])('%s does not', (header) => {
  expect(prefersDryRun(header)).toBe(false);
});

test('a header that was sent twice is one list', () => {
  expect(prefersDryRun(['respond-async', 'handling=dry-run'])).toBe(true);
});
