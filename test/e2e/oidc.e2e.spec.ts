import 'reflect-metadata';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type Answer, TestServer } from './server.js';

let provider: Server;
let issuer: string;
let privateKey: CryptoKey;
let server: TestServer;
beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  provider = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const env = { OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'zhitong', OIDC_JWKS_URI: `${issuer}/keys` };
  server = await TestServer.start({ env });
});
afterAll(async () => {
  provider.close();
  await server.remove();
});

const code = ({ status, body }: Answer) => `${status} ${body['code'] ?? 'ok'}`;
const me = async (subject: string) => {
  const token = await new SignJWT({ sub: subject, preferred_username: 'demo-admin' })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience('zhitong')
    .setExpirationTime('1h')
    .sign(privateKey);
  return server.get('/me', undefined, { authorization: `Bearer ${token}` });
};
const bind = (account: string, subject: string, path = 'identity') =>
  server.post(`/accounts/${account}/${path}`, 'demo-admin', { issuer, subject });

test('D18 a person of the provider is the account to which an administrator bound them', async () => {
  expect(code(await me('person-1'))).toBe('401 identity.not-bound');
  expect(code(await bind('demo-window', 'person-1'))).toBe('202 ok');
  const found = await me('person-1');
  expect([code(found), found.body['person']]).toEqual(['200 ok', 'demo-window']);
  expect(code(await bind('demo-head', 'person-1'))).toBe('409 account.identity-taken');
  expect(code(await bind('demo-window', 'person-1', 'identity-release'))).toBe('202 ok');
  expect(code(await me('person-1'))).toBe('401 identity.not-bound');
});

test('D18 of two accounts that are bound at once one gets the person', async () => {
  const answers = await Promise.all(['demo-window', 'demo-head'].map((account) => bind(account, 'person-2')));
  expect(answers.map(code).sort()).toEqual(['202 ok', '409 account.identity-taken']);
  expect(code(await me('person-2'))).toBe('200 ok');
});

test('D18 binding an identity to an overseer’s account needs two administrators', async () => {
  const answer = await bind('demo-leader', 'person-3');
  expect([code(answer), answer.body['awaits']]).toEqual(['202 ok', 'second-person']);
  expect(code(await me('person-3'))).toBe('401 identity.not-bound');
});
