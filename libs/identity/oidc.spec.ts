import 'reflect-metadata';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, type CryptoKey, SignJWT } from 'jose';
import { OidcTokens } from './oidc.js';

const now = Date.now();
let server: Server;
let issuer: string;
let privateKey: CryptoKey;
let isUp = true;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  server = createServer((request, response) => {
    if (!isUp) return void response.writeHead(500).end();
    const body =
      request.url === '/.well-known/openid-configuration'
        ? { issuer, jwks_uri: `${issuer}/keys` }
        : { keys: [jwk] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

const config = () => ({ issuer, audience: 'zhitong', accountClaim: 'preferred_username', jwksUri: null });
const token = (audience: string, claims: Record<string, string> = { preferred_username: 'liu' }) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(Math.floor(now / 1000) + 60)
    .sign(privateKey);
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'good',
    (error: { code: string; status: number }) => `${error.status} ${error.code}`,
  );

test('a token of the provider names the local account', async () => {
  const tokens = new OidcTokens(config());
  expect(await tokens.verify(await token('zhitong'), now)).toStrictEqual({
    account: 'liu',
    generation: null,
    expiresAt: (Math.floor(now / 1000) + 60) * 1000,
  });
  expect(await code(tokens.verify(await token('other'), now))).toBe('401 http.unauthenticated');
  expect(await code(tokens.verify(await token('zhitong', {}), now))).toBe('401 http.unauthenticated');
});

test('a provider that is away is not a bad token, and is asked again', async () => {
  const tokens = new OidcTokens(config());
  isUp = false;
  expect(await code(tokens.verify(await token('zhitong'), now))).toBe('503 identity.provider-away');
  isUp = true;
  expect(await code(tokens.verify(await token('zhitong'), now))).toBe('good');
});
