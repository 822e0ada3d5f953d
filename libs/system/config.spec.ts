import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { InvalidConfig, readConfig } from './config.js';

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
    listens: true,
    dataDirectory: './.data',
    seed: 'sample',
    roles: new Set(['api', 'projector', 'clock']),
    logLevel: 'info',
    bodyLimit: 1_048_576,
    jwtSecret: null,
    tokenLifetimeSeconds: 43_200,
    afterTimeoutMs: 5_000,
    oidc: null,
    holidaysFile: null,
    policiesDirectory: null,
    trustedProxies: [],
  });
});

test('variables are read as what they are', () => {
  const { roles, oidc, trustedProxies } = readConfig({
    ROLES: 'api, projector',
    OIDC_ISSUER: 'https://id.example',
    OIDC_AUDIENCE: 'zhitong',
    TRUSTED_PROXIES: '10.0.0.1, 10.0.0.2',
  });
  expect({ roles, oidc, trustedProxies }).toStrictEqual({
    roles: new Set(['api', 'projector']),
    oidc: {
      issuer: 'https://id.example',
      audience: 'zhitong',
      accountClaim: 'preferred_username',
      jwksUri: null,
    },
    trustedProxies: ['10.0.0.1', '10.0.0.2'],
  });
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
      { EVENTSTORE_URL: 'esdb://localhost' },
      { MONGODB_URL: 'mongodb://localhost' },
    ].map(refusal),
  ).toEqual([
    'PORT must be a whole number from 0 to 65535, not "70000"',
    'PORT must be a whole number from 0 to 65535, not "http"',
    'SEED must be one of sample, none, not "all"',
    'ROLES must be one of api, projector, clock, not "web"',
    'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud"',
    'JWT_SECRET must have at least 32 bytes (RFC 7518 section 3.2)',
    'OIDC_AUDIENCE must be set with OIDC_ISSUER',
    'OIDC_ISSUER must be an http or https address, not "id"',
    'EVENTSTORE_URL is set, but this build has the embedded stores (LMDB) only: unset it',
    'MONGODB_URL is set, but this build has the embedded stores (LMDB) only: unset it',
  ]);
});
