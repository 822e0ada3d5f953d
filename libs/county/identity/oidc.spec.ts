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
/** Whom the document says it is of; null = the truth. */
let toldIssuer: string | null = null;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  server = createServer((request, response) => {
    if (!isUp) return void response.writeHead(500).end();
    const body =
      request.url === '/.well-known/openid-configuration'
        ? { issuer: toldIssuer ?? issuer, jwks_uri: `${issuer}/keys` }
        : { keys: [jwk] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

const config = (clients: string[] = []) => ({ issuer, audience: 'zhitong', clients, jwksUri: null });
interface Wanted {
  readonly audience?: string;
  readonly typ?: string;
  readonly claims?: Record<string, unknown>;
}
const token = ({ audience = 'zhitong', typ = 'at+jwt', claims = { sub: 'a-subject' } }: Wanted = {}) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(Math.floor(now / 1000) + 60)
    .sign(privateKey);
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'good',
    (error: { code: string; status: number }) => `${error.status} ${error.code}`,
  );
const asked = async (wanted: Wanted, clients: string[] = []) =>
  code(new OidcTokens(config(clients)).verify(await token(wanted), now));

test('D18 an access token of the provider names its subject, and no account', async () => {
  const claims = { sub: 'a-subject', preferred_username: 'demo-admin' };
  expect(await new OidcTokens(config()).verify(await token({ claims }), now)).toStrictEqual({
    issuer,
    subject: 'a-subject',
    expiresAt: (Math.floor(now / 1000) + 60) * 1000,
  });
  expect([await asked({ audience: 'other' }), await asked({ claims: {} })]).toEqual([
    '401 http.unauthenticated',
    '401 http.unauthenticated',
  ]);
});

test('D18 an ID token is not an access token', async () => {
  expect([
    await asked({ typ: 'application/at+jwt' }),
    await asked({ typ: 'JWT', claims: { sub: 'a-subject', typ: 'Bearer' } }),
    await asked({ typ: 'JWT' }),
    await asked({ typ: 'JWT', claims: { sub: 'a-subject', nonce: 'n', at_hash: 'h', azp: 'zhitong' } }),
    await asked({ typ: 'JWT', claims: { sub: 'a-subject', typ: 'ID' } }),
    await asked({ typ: 'at+jwt', claims: { sub: 'a-subject', typ: 'ID' } }),
  ]).toEqual(['good', 'good', ...Array<string>(4).fill('401 http.unauthenticated')]);
});

test('D18 only the clients that are named, where some are', async () => {
  const of = (claims: Record<string, unknown>) =>
    asked({ claims: { sub: 'a-subject', ...claims } }, ['console']);
  expect([
    await of({ azp: 'console' }),
    await of({ client_id: 'console' }),
    await of({ azp: 'other' }),
    await of({ azp: ['console'] }),
    await of({}),
  ]).toEqual(['good', 'good', ...Array<string>(3).fill('401 http.unauthenticated')]);
});

test.each([
  ['2,500 characters', 'x'.repeat(2_500)],
  ['none', ''],
  ['blanks', 'a b'],
  ['a number', 7],
  ['Chinese', '刘'],
])('D18 a subject of %s is refused, and nothing fails', async (_, sub) => {
  expect(await asked({ claims: { sub } })).toBe('401 http.unauthenticated');
});

test('D18 a secret that everybody can know signs nothing', async () => {
  const publicKey = new TextEncoder().encode('the public key, as anybody can read it, more than 32 bytes');
  const forged = await new SignJWT({ sub: 'a-subject' })
    .setProtectedHeader({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience('zhitong')
    .setExpirationTime(Math.floor(now / 1000) + 60)
    .sign(publicKey);
  expect(await code(new OidcTokens(config()).verify(forged, now))).toBe('401 http.unauthenticated');
});

test('D18 a document of another issuer says nothing of the keys', async () => {
  toldIssuer = 'https://elsewhere.example';
  expect(await asked({})).toBe('503 identity.provider-away');
  toldIssuer = null;
  expect(await asked({})).toBe('good');
});

test('a provider that is away is not a bad token, and is asked again', async () => {
  const tokens = new OidcTokens(config());
  isUp = false;
  expect(await code(tokens.verify(await token(), now))).toBe('503 identity.provider-away');
  isUp = true;
  expect(await code(tokens.verify(await token(), now))).toBe('good');
});
