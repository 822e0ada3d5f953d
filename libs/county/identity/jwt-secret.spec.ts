import 'reflect-metadata';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { jwtSecretOf } from './jwt-secret.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-secret-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('the first process makes it, and every process gets the same', async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, () => jwtSecretOf(join(directory, 'new'))));
  const again = await jwtSecretOf(join(directory, 'new'));
  expect(new Set([...secrets, again].map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
  expect(again.length).toBe(32);
  expect(readdirSync(join(directory, 'new'))).toEqual(['jwt-secret']);
  expect(statSync(join(directory, 'new', 'jwt-secret')).mode & 0o777).toBe(0o600);
});

test('a file that is not a key is refused and not replaced', async () => {
  writeFileSync(join(directory, 'jwt-secret'), 'short');
  await expect(jwtSecretOf(directory)).rejects.toThrow('holds fewer than 32 bytes');
});
