import { isIPv4, isIPv6 } from 'node:net';
import { availableParallelism } from 'node:os';
import { type OidcConfig } from '#libs/county/identity';
import { type DiskReserve } from '#libs/engine/store-lmdb';
import { diskReserveOf } from './disk-reserve.js';
import { type RateConfig } from './rate-limits.js';
import { CODE_CHECKS, type CodeCheck } from '#libs/county/project';

export const SYSTEM_ROLES = ['api', 'projector', 'clock'] as const;
/**
 * What a process does: take commands and queries over HTTP, keep the read models, run the policies that wait for time to
 * pass. Health and metrics are answered by every process.
 */
export type SystemRole = (typeof SYSTEM_ROLES)[number];

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Which engines keep the data. Each is chosen by itself: what is null is embedded, in the data directory. */
export interface EngineConfig {
  /** Connection string of EventStoreDB or KurrentDB for the log. */
  readonly eventStoreUrl: string | null;
  /** Put before every stream's name there: several logs in one EventStoreDB. */
  readonly streamPrefix: string;
  /** Connection string of MongoDB for the read models; it may name the database. */
  readonly mongoUrl: string | null;
  /** Milliseconds after which an engine that does not answer a call counts as unavailable. */
  readonly timeLimitMs: number;
  /** What an embedded store never uses of the disk; null = 64 MB or 2 % of the file system, whichever is smaller. */
  readonly diskReserve: DiskReserve | null;
}

/** Where and to whom a process shows its health in detail. */
interface OpsConfig {
  readonly host: string;
  /** null: on the public port only; 0: a port that is free. */
  readonly port: number | null;
  /** True when the port was not configured: then the process runs without it if it is taken. */
  readonly isDefaultPort: boolean;
  /** Lets its bearer see health in detail and metrics on the public port; null: administrators only. */
  readonly token: string | null;
}

/** Everything the environment decides, checked. Durations in the unit their name ends in. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly ops: OpsConfig;
  /** Who may read the OpenAPI document. */
  readonly docs: 'public' | 'signed-in';
  readonly dataDirectory: string;
  readonly engines: EngineConfig;
  /**
   * What the first start loads. `catalogue`: departments, matters and templates, for real work; `none`: and demo accounts;
   * `sample`: and the sample log.
   */
  readonly seed: 'catalogue' | 'none' | 'sample';
  readonly roles: ReadonlySet<SystemRole>;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Bytes of the largest body taken. */
  readonly bodyLimit: number;
  /** How long a request may take to arrive, head and body. */
  readonly requestTimeLimitMs: number;
  /** Requests that are worked on at a time; 0: any number. */
  readonly maxInFlight: number;
  /** How long a request may have to wait for its turn; 0: as long as it takes. */
  readonly maxWaitMs: number;
  readonly rates: RateConfig;
  /** Key of local tokens; null = the file in the data directory. */
  readonly jwtSecret: string | null;
  readonly tokenLifetimeSeconds: number;
  /** Threads that share the projections. */
  readonly projectorThreads: number;
  /** In how many partitions, by document id, those projections are kept whose documents grow with the county. */
  readonly projectionPartitions: number;
  /** Milliseconds after which a projector that was not heard of has lost its projections to others on the same MongoDB. */
  readonly projectorLeaseMs: number;
  /** How long a query with `?after=` waits. */
  readonly afterTimeoutMs: number;
  readonly oidc: OidcConfig | null;
  /** Overrides of the calendar; null = data/holidays/overrides.yaml. */
  readonly holidaysFile: string | null;
  /** Folder of escalation.yaml and step-limits.yaml; null = data/policies. */
  readonly policiesDirectory: string | null;
  /** Laws in addition to those of data/laws.yaml; null = none. */
  readonly lawsFile: string | null;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** What is asked of project codes. */
  readonly projectCodeCheck: CodeCheck;
}

/** A variable that cannot be used; the message names it and says what it may be. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';

  constructor(variable: string, reason: string) {
    super(`${variable} ${reason}`);
  }
}

type Environment = { readonly [name: string]: string | undefined };

/** @throws InvalidConfig */
export function readConfig(env: Environment): Config {
  const jwtSecret = text(env, 'JWT_SECRET');
  if (jwtSecret !== null && Buffer.byteLength(jwtSecret) < 32) {
    throw new InvalidConfig('JWT_SECRET', 'must have at least 32 bytes (RFC 7518 section 3.2)');
  }
  const host = text(env, 'HOST') ?? '127.0.0.1';
  const seed = oneOf(env, 'SEED', ['sample', 'none', 'catalogue'], 'sample');
  const trustedProxies = proxiesOf(env);
  const isForTrying = isLoopback(host) && seed !== 'catalogue' && trustedProxies.length === 0;
  return {
    host,
    port: whole(env, 'PORT', 3000, 0, 65_535),
    ops: opsOf(env),
    docs: oneOf(env, 'DOCS', ['public', 'signed-in'], isForTrying ? 'public' : 'signed-in'),
    dataDirectory: text(env, 'DATA_DIR') ?? './.data',
    engines: enginesOf(env),
    seed,
    roles: rolesOf(env),
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    bodyLimit: whole(env, 'BODY_LIMIT', 1_048_576, 1024, 16_777_216),
    requestTimeLimitMs: whole(env, 'REQUEST_TIME_LIMIT_MS', 30_000, 1_000, 600_000),
    maxInFlight: whole(env, 'MAX_IN_FLIGHT', 128, 0, 10_000),
    maxWaitMs: whole(env, 'MAX_WAIT_MS', 1_000, 0, 60_000),
    rates: {
      commands: whole(env, 'RATE_COMMANDS', 120, 0, 1_000_000),
      reads: whole(env, 'RATE_READS', 600, 0, 1_000_000),
      exports: whole(env, 'RATE_EXPORTS', 60, 0, 1_000_000),
      unknown: whole(env, 'RATE_UNKNOWN', 600, 0, 1_000_000),
    },
    jwtSecret,
    tokenLifetimeSeconds: whole(env, 'TOKEN_TTL', 43_200, 60, 31_536_000),
    projectorThreads: whole(env, 'PROJECTOR_THREADS', projectorThreadsFor(availableParallelism()), 1, 16),
    projectionPartitions: whole(env, 'PROJECTION_PARTITIONS', 1, 1, 64),
    projectorLeaseMs: whole(env, 'PROJECTOR_LEASE_MS', 10_000, 1_000, 300_000),
    afterTimeoutMs: whole(env, 'AFTER_TIMEOUT_MS', 5_000, 0, 60_000),
    oidc: oidcOf(env),
    holidaysFile: text(env, 'HOLIDAYS_FILE'),
    policiesDirectory: text(env, 'POLICIES_DIR'),
    lawsFile: text(env, 'LAWS_FILE'),
    trustedProxies,
    projectCodeCheck: oneOf(env, 'PROJECT_CODE_CHECK', CODE_CHECKS, 'digit'),
  };
}

const OPS_PORT = 3001;
const OPS_TOKEN_BYTES = 16;

function opsOf(env: Environment): OpsConfig {
  const port = text(env, 'OPS_PORT');
  const token = text(env, 'OPS_TOKEN');
  if (
    token !== null &&
    (Buffer.byteLength(token) < OPS_TOKEN_BYTES || !/^[A-Za-z0-9._~+/-]+=*$/.test(token))
  ) {
    throw new InvalidConfig(
      'OPS_TOKEN',
      `must have at least ${OPS_TOKEN_BYTES} letters, digits or any of . _ ~ + / - (RFC 6750 section 2.1)`,
    );
  }
  return {
    host: text(env, 'OPS_HOST') ?? '127.0.0.1',
    port: port === 'off' ? null : whole(env, 'OPS_PORT', OPS_PORT, 0, 65_535, ', or off,'),
    isDefaultPort: port === null,
    token,
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * A second thread reads the whole log once more. It shortens catching up only when a processor is free for it in addition to
 * those for the requests, the first thread and the garbage collectors.
 */
export function projectorThreadsFor(processors: number): number {
  return processors > 2 ? 2 : 1;
}

/** A proxy in this list may state a request's origin, so no range may include all addresses. */
function proxiesOf(env: Environment): readonly string[] {
  const proxies = listOf(env, 'TRUSTED_PROXIES');
  for (const proxy of proxies) {
    const [address = '', bits, ...rest] = proxy.split('/');
    const max = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
    const isRange =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= max);
    const isName = ['loopback', 'linklocal', 'uniquelocal'].includes(proxy);
    if (isName || (max > 0 && isRange && rest.length === 0)) continue;
    throw new InvalidConfig(
      'TRUSTED_PROXIES',
      `must be addresses or ranges of at least 8 fixed bits, such as 10.0.3.7,10.244.0.0/16, not "${proxy}"`,
    );
  }
  return proxies;
}

function enginesOf(env: Environment): EngineConfig {
  const streamPrefix = text(env, 'EVENTSTORE_STREAM_PREFIX') ?? '';
  if (!/^[A-Za-z0-9._-]{0,60}$/.test(streamPrefix)) {
    throw new InvalidConfig(
      'EVENTSTORE_STREAM_PREFIX',
      `must be at most 60 letters, digits, dots, dashes or underscores, not "${streamPrefix}"`,
    );
  }
  return {
    eventStoreUrl: connectionString(env, 'EVENTSTORE_URL', ['esdb://', 'esdb+discover://']),
    streamPrefix,
    mongoUrl: connectionString(env, 'MONGODB_URL', ['mongodb://', 'mongodb+srv://']),
    timeLimitMs: whole(env, 'ENGINE_TIME_LIMIT_MS', 10_000, 500, 60_000),
    diskReserve: reserveOf(env),
  };
}

function reserveOf(env: Environment): DiskReserve | null {
  const value = text(env, 'DISK_RESERVE');
  if (value === null) return null;
  const reserve = diskReserveOf(value);
  if (typeof reserve === 'string') throw new InvalidConfig('DISK_RESERVE', reserve);
  return reserve;
}

/** Its value is never shown: it may hold a password. */
function connectionString(env: Environment, variable: string, schemes: readonly string[]): string | null {
  const value = text(env, variable);
  if (value === null || schemes.some((scheme) => value.startsWith(scheme))) return value;
  throw new InvalidConfig(variable, `must begin with ${schemes.join(' or ')}`);
}

/** An empty variable counts as one that is not set. */
function text(env: Environment, variable: string): string | null {
  const value = env[variable]?.trim();
  return value === undefined || value === '' ? null : value;
}

function whole(
  env: Environment,
  variable: string,
  fallback: number,
  min: number,
  max: number,
  orElse = ',',
): number {
  const value = text(env, variable);
  if (value === null) return fallback;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max) {
    throw new InvalidConfig(variable, `must be a whole number from ${min} to ${max}${orElse} not "${value}"`);
  }
  return number;
}

/** The parts of a list with commas. */
function listOf(env: Environment, variable: string): readonly string[] {
  return (text(env, variable) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function oneOf<Choice extends string>(
  env: Environment,
  variable: string,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const value = text(env, variable);
  if (value === null) return fallback;
  const choice = choices.find((each) => each === value);
  if (choice === undefined) {
    throw new InvalidConfig(variable, `must be one of ${choices.join(', ')}, not "${value}"`);
  }
  return choice;
}

function rolesOf(env: Environment): ReadonlySet<SystemRole> {
  const value = text(env, 'ROLES');
  if (value === null) return new Set(SYSTEM_ROLES);
  return new Set(value.split(',').map((part) => oneOf({ ROLES: part }, 'ROLES', SYSTEM_ROLES, 'api')));
}

function oidcOf(env: Environment): OidcConfig | null {
  const issuer = text(env, 'OIDC_ISSUER');
  const audience = text(env, 'OIDC_AUDIENCE');
  if (issuer === null && audience === null) return null;
  if (issuer === null) throw new InvalidConfig('OIDC_ISSUER', 'must be set with OIDC_AUDIENCE');
  if (audience === null) throw new InvalidConfig('OIDC_AUDIENCE', 'must be set with OIDC_ISSUER');
  const jwksUri = text(env, 'OIDC_JWKS_URI');
  return {
    issuer: url('OIDC_ISSUER', issuer),
    audience,
    clients: listOf(env, 'OIDC_CLIENTS'),
    jwksUri: jwksUri === null ? null : url('OIDC_JWKS_URI', jwksUri),
  };
}

function url(variable: string, value: string): string {
  if (!URL.canParse(value) || !/^https?:/.test(value)) {
    throw new InvalidConfig(variable, `must be an http or https address, not "${value}"`);
  }
  return value;
}
