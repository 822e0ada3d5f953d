import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { type KnownAccount } from './account.state.js';
import { LocalTokens } from './tokens.js';

const secret = new Uint8Array(32).fill(7);
const tokens = new LocalTokens(secret, 60);
const account: KnownAccount = {
  at: 'open',
  account: 'liu',
  displayName: '刘一',
  role: 'window',
  passwordHash: null,
  generation: 3,
  posts: [],
};
const now = Date.parse('2026-11-24T02:00:00.000Z');

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'good',
    (error: { code: string; status: number }) => `${error.status} ${error.code}`,
  );

test('a token has its account, its generation, and its end', async () => {
  const { token, expiresAt } = await tokens.issue(account, now);
  expect(expiresAt).toBe('2026-11-24T02:01:00.000Z');
  expect(await tokens.verify(token, now)).toStrictEqual({
    account: 'liu',
    generation: 3,
    expiresAt: now + 60_000,
    signedInAt: now,
  });
  expect(await code(tokens.verify(token, now + 59_000))).toBe('good');
  expect(await code(tokens.verify(token, now + 60_000))).toBe('401 http.token-expired');
});

test('what was signed by another, changed, or not signed is refused', async () => {
  const { token } = await tokens.issue(account, now);
  const other = new LocalTokens(new Uint8Array(32).fill(8), 60);
  expect(await code(other.verify(token, now))).toBe('401 http.unauthenticated');
  const [header, , signature] = token.split('.');
  const forged = Buffer.from(
    JSON.stringify({ sub: 'root', gen: 0, iss: 'zhitong', aud: 'zhitong', exp: 9_999_999_999 }),
  ).toString('base64url');
  expect(await code(tokens.verify(`${header}.${forged}.${signature}`, now))).toBe('401 http.unauthenticated');
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  expect(await code(tokens.verify(`${none}.${forged}.`, now))).toBe('401 http.unauthenticated');
  expect(await code(tokens.verify('rubbish', now))).toBe('401 http.unauthenticated');
  const foreign = await new SignJWT({ gen: 0 })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('liu')
    .setIssuer('elsewhere')
    .setAudience('zhitong')
    .setExpirationTime(now / 1000 + 60)
    .sign(secret);
  expect(await code(tokens.verify(foreign, now))).toBe('401 http.unauthenticated');
});

test('22 a token is refreshed while account and password are the same, until seven days after the password was given', async () => {
  const day = 24 * 60 * 60 * 1000;
  const long = new LocalTokens(secret, 3 * 24 * 60 * 60);
  let { token } = await long.issue(account, now);
  for (const at of [1, 2, 4, 6].map((days) => now + days * day)) {
    const verified = await long.verify(token, at);
    expect(verified.signedInAt).toBe(now);
    ({ token } = await long.refreshed(verified, account, at));
  }
  const verified = await long.verify(token, now + 7 * day);
  expect(await code(long.refreshed(verified, account, now + 7 * day))).toBe('401 http.token-expired');
  const sooner = now + 6.5 * day;
  const changed = { ...account, generation: 4 };
  const closed = { ...account, at: 'closed' as const };
  const refused = [changed, closed, null].map((each) => code(long.refreshed(verified, each, sooner)));
  expect(await Promise.all(refused)).toEqual(Array<string>(3).fill('401 http.unauthenticated'));
  expect(await code(long.refreshed(verified, account, sooner))).toBe('good');
});
