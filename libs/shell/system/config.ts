import { type SeedMode } from '#libs/shell/seeding';
import { availableParallelism } from 'node:os';
import { type BlobAddress, blobAddressOf } from '#libs/engine/blobs';
import { type ClamavAddress, clamavAddressOf } from '#libs/shell/uploads';
import { type OidcClient, type OidcConfig, type SessionLimits } from '#libs/county/identity';
import { type DiskReserve } from '#libs/engine/store-lmdb';
import { diskReserveOf } from './disk-reserve.js';
import { type StreamLimits } from '#libs/shell/live';
import { type RateConfig } from './rate-limits.js';
import { type CodeCheck } from '#libs/county/project';
import { InvalidConfig } from './invalid-config.js';
import { readVariables, SYSTEM_ROLES, type SystemRole, type Variables } from './variables.js';

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

/** How files are taken that are handed in, and where they are kept. */
interface FilesConfig {
  /** Null: in the data directory. */
  readonly address: BlobAddress | null;
  /** Null: nothing is scanned. */
  readonly clamav: ClamavAddress | null;
  /** Bytes of the largest file taken. */
  readonly maxBytes: number;
  /** How long a file may take to arrive. */
  readonly timeLimitMs: number;
  readonly maxAtOnce: number;
  /** How old a content must be that no event names, before it is removed. */
  readonly orphanHours: number;
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
  /** What the first start loads: `catalogue` is for real work, all else has demo accounts. */
  readonly seed: SeedMode;
  readonly roles: ReadonlySet<SystemRole>;
  readonly logLevel: NonNullable<Variables['LOG_LEVEL']>;
  /** Bytes of the largest body taken. */
  readonly bodyLimit: number;
  /** How long a request may take to arrive, head and body. */
  readonly requestTimeLimitMs: number;
  readonly files: FilesConfig;
  /** Requests that are worked on at a time; 0: any number. */
  readonly maxInFlight: number;
  /** How long a request may have to wait for its turn; 0: as long as it takes. */
  readonly maxWaitMs: number;
  readonly rates: RateConfig;
  readonly streams: StreamLimits;
  /** Base address of the collector of traces (OTLP over HTTP); null: nothing is measured. */
  readonly traces: string | null;
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
  /** Signs browsers in at the provider; null: they sign in with a password here. */
  readonly oidcClient: OidcClient | null;
  readonly sessions: SessionLimits;
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

/** Pages that one person has open at a time. */
const STREAMS_OF_A_PERSON = 8;
/** Less than the silence after which a connection is ended. */
const SLOW_READER_MS = 30_000;

/** @throws InvalidConfig */
export function readConfig(env: { readonly [name: string]: string | undefined }): Config {
  const set = readVariables(env);
  const { HOST: host = '127.0.0.1', SEED: seed = 'demo', TRUSTED_PROXIES: trustedProxies = [] } = set;
  const isForTrying = isLoopback(host) && seed !== 'catalogue' && trustedProxies.length === 0;
  return {
    host,
    port: Number(set.PORT ?? 3000),
    ops: opsOf(set),
    docs: set.DOCS ?? (isForTrying ? 'public' : 'signed-in'),
    dataDirectory: set.DATA_DIR ?? './.data',
    engines: {
      eventStoreUrl: set.EVENTSTORE_URL ?? null,
      streamPrefix: set.EVENTSTORE_STREAM_PREFIX ?? '',
      mongoUrl: set.MONGODB_URL ?? null,
      timeLimitMs: Number(set.ENGINE_TIME_LIMIT_MS ?? 10_000),
      diskReserve: set.DISK_RESERVE === undefined ? null : diskReserveOf(set.DISK_RESERVE),
    },
    seed,
    roles: new Set(set.ROLES ?? SYSTEM_ROLES),
    logLevel: set.LOG_LEVEL ?? 'info',
    bodyLimit: Number(set.BODY_LIMIT ?? 1_048_576),
    requestTimeLimitMs: Number(set.REQUEST_TIME_LIMIT_MS ?? 30_000),
    files: filesOf(set),
    maxInFlight: Number(set.MAX_IN_FLIGHT ?? 128),
    maxWaitMs: Number(set.MAX_WAIT_MS ?? 1_000),
    rates: {
      commands: Number(set.RATE_COMMANDS ?? 120),
      reads: Number(set.RATE_READS ?? 600),
      exports: Number(set.RATE_EXPORTS ?? 60),
      unknown: Number(set.RATE_UNKNOWN ?? 600),
    },
    traces: set.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    streams: {
      most: Number(set.MAX_STREAMS ?? 500),
      mostOfAPerson: STREAMS_OF_A_PERSON,
      heartbeatMs: Number(set.STREAM_HEARTBEAT_MS ?? 15_000),
      slowMs: SLOW_READER_MS,
    },
    jwtSecret: set.JWT_SECRET ?? null,
    tokenLifetimeSeconds: Number(set.TOKEN_TTL ?? 43_200),
    projectorThreads: Number(set.PROJECTOR_THREADS ?? projectorThreadsFor(availableParallelism())),
    projectionPartitions: Number(set.PROJECTION_PARTITIONS ?? 1),
    projectorLeaseMs: Number(set.PROJECTOR_LEASE_MS ?? 10_000),
    afterTimeoutMs: Number(set.AFTER_TIMEOUT_MS ?? 5_000),
    oidc: oidcOf(set),
    oidcClient: oidcClientOf(set),
    sessions: {
      lifetimeMs: 1000 * Number(set.SESSION_TTL ?? 43_200),
      idleMs: 1000 * Number(set.SESSION_IDLE ?? 7_200),
    },
    holidaysFile: set.HOLIDAYS_FILE ?? null,
    policiesDirectory: set.POLICIES_DIR ?? null,
    lawsFile: set.LAWS_FILE ?? null,
    trustedProxies,
    projectCodeCheck: set.PROJECT_CODE_CHECK ?? 'digit',
  };
}

function filesOf(set: Variables): FilesConfig {
  const { BLOBS_URL: address, CLAMAV_URL: clamav } = set;
  return {
    address: address === undefined ? null : blobAddressOf(address),
    clamav: clamav === undefined ? null : clamavAddressOf(clamav),
    maxBytes: Number(set.UPLOAD_LIMIT ?? 104_857_600),
    timeLimitMs: Number(set.UPLOAD_TIME_LIMIT_MS ?? 600_000),
    maxAtOnce: Number(set.MAX_UPLOADS ?? 16),
    orphanHours: Number(set.BLOB_ORPHAN_HOURS ?? 24),
  };
}

function opsOf({ OPS_HOST: host, OPS_PORT: port, OPS_TOKEN: token }: Variables): OpsConfig {
  return {
    host: host ?? '127.0.0.1',
    port: port === 'off' ? null : Number(port ?? 3001),
    isDefaultPort: port === undefined,
    token: token ?? null,
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

function oidcOf({
  OIDC_ISSUER: issuer,
  OIDC_AUDIENCE: audience,
  OIDC_CLIENTS: clients,
  OIDC_JWKS_URI: jwksUri,
}: Variables): OidcConfig | null {
  if (issuer === undefined && audience === undefined) return null;
  if (issuer === undefined) throw new InvalidConfig('OIDC_ISSUER', 'must be set with OIDC_AUDIENCE');
  if (audience === undefined) throw new InvalidConfig('OIDC_AUDIENCE', 'must be set with OIDC_ISSUER');
  return { issuer, audience, clients: clients ?? [], jwksUri: jwksUri ?? null };
}

function oidcClientOf({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: id,
  OIDC_CLIENT_SECRET: secret,
  OIDC_REDIRECT_URI: redirectUri,
}: Variables): OidcClient | null {
  if (id === undefined) {
    if (secret !== undefined)
      throw new InvalidConfig('OIDC_CLIENT_ID', 'must be set with OIDC_CLIENT_SECRET');
    if (redirectUri !== undefined)
      throw new InvalidConfig('OIDC_CLIENT_ID', 'must be set with OIDC_REDIRECT_URI');
    return null;
  }
  if (issuer === undefined) throw new InvalidConfig('OIDC_ISSUER', 'must be set with OIDC_CLIENT_ID');
  if (redirectUri === undefined)
    throw new InvalidConfig('OIDC_REDIRECT_URI', 'must be set with OIDC_CLIENT_ID');
  return { id, secret: secret ?? null, redirectUri };
}
