import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { expect, test } from '@jest/globals';
import { projectorThreadsFor, readConfig } from './config.js';
import { InvalidConfig } from './invalid-config.js';

const refusal = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof InvalidConfig) return error.message;
    throw error;
  }
  return 'good';
};

test('without variables, everything has a default', () => {
  expect(readConfig({ HOST: '' })).toStrictEqual({
    host: '127.0.0.1',
    port: 3000,
    ops: { host: '127.0.0.1', port: 3001, isDefaultPort: true, token: null },
    docs: 'public',
    projectorThreads: projectorThreadsFor(availableParallelism()),
    projectionPartitions: 1,
    projectorLeaseMs: 10_000,
    dataDirectory: './.data',
    engines: {
      eventStoreUrl: null,
      streamPrefix: '',
      mongoUrl: null,
      timeLimitMs: 10_000,
      diskReserve: null,
    },
    seed: 'demo',
    roles: new Set(['api', 'projector', 'clock']),
    logLevel: 'info',
    bodyLimit: 1_048_576,
    requestTimeLimitMs: 30_000,
    maxInFlight: 128,
    maxWaitMs: 1_000,
    rates: { commands: 120, reads: 600, exports: 60, unknown: 600 },
    jwtSecret: null,
    tokenLifetimeSeconds: 43_200,
    afterTimeoutMs: 5_000,
    oidc: null,
    oidcClient: null,
    traces: null,
    streams: { most: 500, mostOfAPerson: 8, heartbeatMs: 15_000, slowMs: 30_000 },
    sessions: { lifetimeMs: 43_200_000, idleMs: 7_200_000 },
    files: {
      address: null,
      maxBytes: 104_857_600,
      timeLimitMs: 600_000,
      maxAtOnce: 16,
      orphanHours: 24,
      clamav: null,
    },
    holidaysFile: null,
    policiesDirectory: null,
    lawsFile: null,
    trustedProxies: [],
    projectCodeCheck: 'digit',
  });
});

test('a second thread folds where there are more than two processors', () => {
  expect([1, 2, 3, 4, 64].map(projectorThreadsFor)).toEqual([1, 1, 2, 2, 2]);
});

test('variables are read as what they are', () => {
  const { engines, roles, oidc, trustedProxies } = readConfig({
    EVENTSTORE_URL: 'esdb+discover://app:secret@es.example:2113?tls=true',
    EVENTSTORE_STREAM_PREFIX: 'benxi-',
    MONGODB_URL: 'mongodb://a,b,c/zhitong?replicaSet=rs0',
    ENGINE_TIME_LIMIT_MS: '3000',
    ROLES: 'api, projector',
    OIDC_ISSUER: 'https://id.example',
    OIDC_AUDIENCE: 'zhitong',
    TRUSTED_PROXIES: '10.0.0.1, 10.0.0.2',
  });
  expect({ engines, roles, oidc, trustedProxies }).toStrictEqual({
    engines: {
      eventStoreUrl: 'esdb+discover://app:secret@es.example:2113?tls=true',
      streamPrefix: 'benxi-',
      mongoUrl: 'mongodb://a,b,c/zhitong?replicaSet=rs0',
      timeLimitMs: 3_000,
      diskReserve: null,
    },
    roles: new Set(['api', 'projector']),
    oidc: {
      issuer: 'https://id.example',
      audience: 'zhitong',
      clients: [],
      jwksUri: null,
    },
    trustedProxies: ['10.0.0.1', '10.0.0.2'],
  });
});

test('the OpenAPI document is open by default only for a demo on one machine', () => {
  const docs = (env: Record<string, string>) => readConfig(env).docs;
  expect([
    docs({}),
    docs({ HOST: 'localhost', SEED: 'none' }),
    docs({ HOST: '::1' }),
    docs({ HOST: '0.0.0.0' }),
    docs({ SEED: 'catalogue' }),
    docs({ TRUSTED_PROXIES: '127.0.0.1' }),
    docs({ HOST: '0.0.0.0', DOCS: 'public' }),
    docs({ DOCS: 'signed-in' }),
  ]).toEqual(['public', 'public', 'public', 'signed-in', 'signed-in', 'signed-in', 'public', 'signed-in']);
});

test('the address of operators can be another one, any free one, or none', () => {
  const ops = (env: Record<string, string>) => readConfig(env).ops;
  expect([
    ops({ OPS_HOST: '0.0.0.0', OPS_PORT: '9000', OPS_TOKEN: 'sixteen-letters.' }),
    ops({ OPS_PORT: '0' }),
    ops({ OPS_PORT: 'off' }),
  ]).toStrictEqual([
    { host: '0.0.0.0', port: 9000, isDefaultPort: false, token: 'sixteen-letters.' },
    { host: '127.0.0.1', port: 0, isDefaultPort: false, token: null },
    { host: '127.0.0.1', port: null, isDefaultPort: false, token: null },
  ]);
});

test('what cannot be used stops the start and is named', () => {
  expect(
    [
      { PORT: '70000' },
      { PORT: 'http' },
      { SEED: 'all' },
      { ROLES: 'api,web' },
      { LOG_LEVEL: 'loud' },
      { JWT_SECRET: 'short' },
      { OIDC_ISSUER: 'https://id.example' },
      { OIDC_ISSUER: 'id', OIDC_AUDIENCE: 'a' },
      { EVENTSTORE_URL: 'http://app:secret@localhost:2113' },
      { EVENTSTORE_STREAM_PREFIX: '$county' },
      { MONGODB_URL: 'app:secret@localhost' },
      { ENGINE_TIME_LIMIT_MS: '10' },
      { PROJECTOR_LEASE_MS: '0' },
      { OPS_PORT: 'none' },
      { OPS_TOKEN: 'short' },
      { OPS_TOKEN: 'with a space, which no header takes' },
      { DOCS: 'yes' },
    ].map(refusal),
  ).toEqual([
    'PORT must be a whole number from 0 to 65535, not "70000"',
    'PORT must be a whole number from 0 to 65535, not "http"',
    'SEED must be one of demo, county, sample, none, catalogue, not "all"',
    'ROLES must be one of api, projector, clock, not "web"',
    'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud"',
    'JWT_SECRET must have at least 32 bytes (RFC 7518 section 3.2)',
    'OIDC_AUDIENCE must be set with OIDC_ISSUER',
    'OIDC_ISSUER must be an http or https address, not "id"',
    'EVENTSTORE_URL must begin with esdb:// or esdb+discover://',
    'EVENTSTORE_STREAM_PREFIX must be at most 60 letters, digits, dots, dashes or underscores, not "$county"',
    'MONGODB_URL must begin with mongodb:// or mongodb+srv://',
    'ENGINE_TIME_LIMIT_MS must be a whole number from 500 to 60000, not "10"',
    'PROJECTOR_LEASE_MS must be a whole number from 1000 to 300000, not "0"',
    'OPS_PORT must be a whole number from 0 to 65535, or off, not "none"',
    'OPS_TOKEN must have at least 16 letters, digits or any of . _ ~ + / - (RFC 6750 section 2.1)',
    'OPS_TOKEN must have at least 16 letters, digits or any of . _ ~ + / - (RFC 6750 section 2.1)',
    'DOCS must be one of public, signed-in, not "yes"',
  ]);
});

test('all variables that cannot be used are named at once, and of a list the part that is wrong; passwords are not shown', () => {
  expect(
    refusal({ PORT: 'http', JWT_SECRET: 'short', ROLES: 'api, web', MONGODB_URL: 'app:secret@localhost' }),
  ).toBe(
    'PORT must be a whole number from 0 to 65535, not "http"; MONGODB_URL must begin with mongodb:// or mongodb+srv://; ' +
      'ROLES must be one of api, projector, clock, not "web"; JWT_SECRET must have at least 32 bytes (RFC 7518 section 3.2)',
  );
});

test('D13 proxies are named by address or range, and no range holds everybody', () => {
  const good = '10.0.3.7, 10.244.0.0/16,2001:db8::/32,uniquelocal';
  expect(readConfig({ TRUSTED_PROXIES: good }).trustedProxies).toEqual([
    '10.0.3.7',
    '10.244.0.0/16',
    '2001:db8::/32',
    'uniquelocal',
  ]);
  const bad = [
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.0/7',
    'proxy.example',
    '*',
    '10.0.0.1/8/8',
    '10.0.0',
  ];
  expect(bad.map((value) => refusal({ TRUSTED_PROXIES: value }))).toEqual(
    bad.map(
      (value) =>
        `TRUSTED_PROXIES must be addresses or ranges of at least 8 fixed bits, such as 10.0.3.7,10.244.0.0/16, not "${value}"`,
    ),
  );
});
test.each([
  ['64MB', { bytes: 67_108_864 }],
  ['1.5 gb', { bytes: 1_610_612_736 }],
  ['4194304', { bytes: 4_194_304 }],
  ['5 %', { part: 0.05 }],
  ['50%', { part: 0.5 }],
])('K1 DISK_RESERVE=%s is a reserve', (value, reserve) => {
  expect(readConfig({ DISK_RESERVE: value }).engines.diskReserve).toEqual(reserve);
});

test.each(['4194303', '3MB', '0', '0%', '51%', '-1GB', '64 megabytes', '1e9', '%', 'MB'])(
  'K1 DISK_RESERVE=%s is refused, and the variable is named',
  (value) => {
    expect(() => readConfig({ DISK_RESERVE: value })).toThrow(
      `DISK_RESERVE must be bytes with a unit, at least 4MB (as 64MB, 1GB), or a percentage of the file system up to 50% (as 2%), not "${value}"`,
    );
  },
);

test('22 browsers sign in at the provider as a client that is registered there', () => {
  const callback = 'https://zhitong.example/api/v1/session/provider/callback';
  const set = {
    OIDC_ISSUER: 'https://id.example',
    OIDC_AUDIENCE: 'zhitong',
    OIDC_CLIENT_ID: 'console',
    OIDC_REDIRECT_URI: callback,
  };
  expect(readConfig(set).oidcClient).toStrictEqual({ id: 'console', secret: null, redirectUri: callback });
  expect(readConfig({ ...set, OIDC_CLIENT_SECRET: 'secret' }).oidcClient?.secret).toBe('secret');
  expect(readConfig({ SESSION_TTL: '3600', SESSION_IDLE: '600' }).sessions).toStrictEqual({
    lifetimeMs: 3_600_000,
    idleMs: 600_000,
  });
  const { OIDC_CLIENT_ID: _id, ...withoutId } = set;
  const { OIDC_REDIRECT_URI: _uri, ...withoutAddress } = set;
  expect([
    refusal(withoutId),
    refusal(withoutAddress),
    refusal({ OIDC_CLIENT_ID: 'console', OIDC_REDIRECT_URI: callback }),
    refusal({ OIDC_CLIENT_SECRET: 'hidden' }),
    refusal({ ...set, OIDC_REDIRECT_URI: 'https://zhitong.example/elsewhere' }),
    refusal({ SESSION_IDLE: '5' }),
  ]).toEqual([
    'OIDC_CLIENT_ID must be set with OIDC_REDIRECT_URI',
    'OIDC_REDIRECT_URI must be set with OIDC_CLIENT_ID',
    'OIDC_ISSUER must be set with OIDC_CLIENT_ID',
    'OIDC_CLIENT_ID must be set with OIDC_CLIENT_SECRET',
    'OIDC_REDIRECT_URI must be the http or https address of /api/v1/session/provider/callback as browsers reach it, not "https://zhitong.example/elsewhere"',
    'SESSION_IDLE must be a whole number from 60 to 2592000, not "5"',
  ]);
});
