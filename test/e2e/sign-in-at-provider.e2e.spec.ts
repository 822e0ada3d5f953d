import 'reflect-metadata';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { IdentityProvider } from '../support/identity-provider.js';
import { type Answer, TestServer } from './server.js';

let provider: IdentityProvider;
let taken: Server;
let server: TestServer;
beforeAll(async () => {
  provider = await IdentityProvider.start();
  // The redirect address names the port before the server has it.
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  await new Promise((resolve) => taken.close(resolve));
  server = await TestServer.start({
    env: {
      PORT: `${port}`,
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: 'zhitong',
      OIDC_CLIENT_ID: provider.client.id,
      OIDC_CLIENT_SECRET: provider.client.secret,
      OIDC_REDIRECT_URI: `http://127.0.0.1:${port}/api/v1/session/provider/callback`,
    },
  });
  await server.post('/accounts/demo-window/identity', 'demo-admin', {
    issuer: provider.issuer,
    subject: 'person-1',
  });
});
afterAll(async () => {
  provider.stop();
  await server.remove();
});
beforeEach(() => {
  provider.subject = 'person-1';
  provider.claims = {};
});

const code = ({ status, body }: Answer) => `${status} ${body?.code ?? 'ok'}`;
const cookieIn = (answer: Answer, name: string) =>
  new RegExp(`${name}=[^;]+`).exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? '';
const begin = (returnTo?: string) =>
  server.get(`/session/provider${returnTo === undefined ? '' : `?returnTo=${encodeURIComponent(returnTo)}`}`);
/** The browser goes to the provider, signs in, and is sent back with this query. */
async function atProvider(begun: Answer): Promise<URL> {
  const answer = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}
const comeBack = ({ search }: URL, cookie: string) =>
  server.get(`/session/provider/callback${search}`, undefined, { cookie, 'sec-fetch-site': 'cross-site' });

test('22 a browser signs in at the provider and is who an administrator bound to the subject', async () => {
  expect((await server.get('/session')).body).toEqual({ ways: ['password', 'provider'], session: null });
  const begun = await begin('/work?lamp=red');
  const address = new URL(begun.headers.get('location') ?? '');
  expect([begun.status, address.origin + address.pathname]).toEqual([302, `${provider.issuer}/authorize`]);
  const { searchParams: asked } = address;
  expect(Object.fromEntries(asked)).toEqual({
    client_id: 'console',
    response_type: 'code',
    redirect_uri: `${server.url}/api/v1/session/provider/callback`,
    scope: 'openid',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
  const state = cookieIn(begun, '__Host-zhitong-sign-in');
  expect(begun.headers.get('set-cookie')).toMatch(/; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  expect(state).not.toContain(asked.get('state'));

  const back = await comeBack(await atProvider(begun), state);
  expect([back.status, back.headers.get('location')]).toEqual([303, '/work?lamp=red']);
  expect(back.headers.get('set-cookie')).toContain('__Host-zhitong-sign-in=; Max-Age=0');
  const cookie = cookieIn(back, '__Host-zhitong');
  const me = await server.get('/me', undefined, { cookie });
  expect([code(me), me.body.person]).toEqual(['200 ok', 'demo-window']);
  const { items } = (await server.get('/me/sessions', undefined, { cookie })).body;
  expect(items.map(({ by }: { by: string }) => by)).toEqual(['provider']);

  const release = { issuer: provider.issuer, subject: 'person-1' };
  expect(code(await server.post('/accounts/demo-window/identity-release', 'demo-admin', release))).toBe(
    '202 ok',
  );
  expect(code(await server.get('/me', undefined, { cookie }))).toBe('401 http.session-ended');
  expect(code(await server.post('/accounts/demo-window/identity', 'demo-admin', release))).toBe('202 ok');
});

test('22 who is not bound to an account, or comes back otherwise than they went, is not signed in', async () => {
  const refused: string[] = [];
  const tryWith = async (change: (back: URL, cookie: string) => readonly [URL, string]) => {
    const begun = await begin();
    const answer = await comeBack(
      ...change(await atProvider(begun), cookieIn(begun, '__Host-zhitong-sign-in')),
    );
    refused.push(`${code(answer)} ${cookieIn(answer, '__Host-zhitong')}`.trim());
  };
  const changed = (address: URL, name: string, value: string) => {
    address.searchParams.set(name, value);
    return address;
  };
  const other = cookieIn(await begin(), '__Host-zhitong-sign-in');
  await tryWith((back) => [back, '']);
  await tryWith((back) => [back, other]);
  await tryWith((back, cookie) => [back, `${cookie}x`]);
  await tryWith((back, cookie) => [changed(back, 'state', 'another'), cookie]);
  await tryWith((back, cookie) => [changed(back, 'code', 'another'), cookie]);
  await tryWith((back, cookie) => [new URL('?error=access_denied', back), cookie]);
  await tryWith((back, cookie) => [new URL('?', back), cookie]);
  provider.claims = { nonce: 'another' };
  await tryWith((back, cookie) => [back, cookie]);
  provider.claims = { aud: 'another-client' };
  await tryWith((back, cookie) => [back, cookie]);
  provider.claims = { iss: 'https://evil.example' };
  await tryWith((back, cookie) => [back, cookie]);
  expect(refused).toEqual(refused.map(() => '401 sign-in.provider-refused'));
  provider.claims = {};
  provider.subject = 'nobody-here';
  refused.length = 0;
  await tryWith((back, cookie) => [back, cookie]);
  expect(refused).toEqual(['401 identity.not-bound']);
});

test('22 a code is good once', async () => {
  const begun = await begin();
  const [back, state] = [await atProvider(begun), cookieIn(begun, '__Host-zhitong-sign-in')];
  expect(code(await comeBack(back, state))).toBe('303 ok');
  expect(code(await comeBack(back, state))).toBe('401 sign-in.provider-refused');
});

test('22 after signing in a browser is sent to a path of this site only', async () => {
  for (const returnTo of ['https://evil.example', '//evil.example', '/\\evil.example', 'work']) {
    const answer = await begin(returnTo);
    expect([code(answer), answer.body.errors[0].field]).toEqual(['400 http.invalid-input', 'returnTo']);
  }
});
