import { type OidcConfig } from '#libs/identity';

export const SYSTEM_ROLES = ['api', 'projector', 'clock'] as const;
/** What a process does: answer HTTP, keep the read models, run the policies that wait for time to pass. */
export type SystemRole = (typeof SYSTEM_ROLES)[number];

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Everything the environment decides, checked. Durations in the unit their name ends in. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** A process with the role `api` always listens; another one only where PORT is set, for health and metrics alone. */
  readonly listens: boolean;
  readonly dataDirectory: string;
  /** `sample`: catalogue, demo accounts and the sample log at first start; `none`: accounts and catalogue only. */
  readonly seed: 'sample' | 'none';
  readonly roles: ReadonlySet<SystemRole>;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Bytes of the largest body taken. */
  readonly bodyLimit: number;
  /** Key of local tokens; null = the file in the data directory. */
  readonly jwtSecret: string | null;
  readonly tokenLifetimeSeconds: number;
  /** How long a query with `?after=` waits. */
  readonly afterTimeoutMs: number;
  readonly oidc: OidcConfig | null;
  /** Overrides of the calendar; null = data/holidays/overrides.yaml. */
  readonly holidaysFile: string | null;
  /** Folder of escalation.yaml and step-limits.yaml; null = data/policies. */
  readonly policiesDirectory: string | null;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
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
  refuseUnknownEngines(env);
  const jwtSecret = text(env, 'JWT_SECRET');
  if (jwtSecret !== null && Buffer.byteLength(jwtSecret) < 32) {
    throw new InvalidConfig('JWT_SECRET', 'must have at least 32 bytes (RFC 7518 section 3.2)');
  }
  const roles = rolesOf(env);
  return {
    host: text(env, 'HOST') ?? '127.0.0.1',
    port: whole(env, 'PORT', 3000, 0, 65_535),
    listens: roles.has('api') || text(env, 'PORT') !== null,
    dataDirectory: text(env, 'DATA_DIR') ?? './.data',
    seed: oneOf(env, 'SEED', ['sample', 'none'], 'sample'),
    roles,
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    bodyLimit: whole(env, 'BODY_LIMIT', 1_048_576, 1024, 16_777_216),
    jwtSecret,
    tokenLifetimeSeconds: whole(env, 'TOKEN_TTL', 43_200, 60, 31_536_000),
    afterTimeoutMs: whole(env, 'AFTER_TIMEOUT_MS', 5_000, 0, 60_000),
    oidc: oidcOf(env),
    holidaysFile: text(env, 'HOLIDAYS_FILE'),
    policiesDirectory: text(env, 'POLICIES_DIR'),
    trustedProxies: (text(env, 'TRUSTED_PROXIES') ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  };
}

/** Asked for and not used would be worse than not started: the events would lie where nobody looks. */
function refuseUnknownEngines(env: Environment): void {
  for (const variable of ['EVENTSTORE_URL', 'MONGODB_URL']) {
    if (text(env, variable) !== null) {
      throw new InvalidConfig(
        variable,
        'is set, but this build has the embedded stores (LMDB) only: unset it',
      );
    }
  }
}

/** An empty variable counts as one that is not set. */
function text(env: Environment, variable: string): string | null {
  const value = env[variable]?.trim();
  return value === undefined || value === '' ? null : value;
}

function whole(env: Environment, variable: string, otherwise: number, least: number, most: number): number {
  const value = text(env, variable);
  if (value === null) return otherwise;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new InvalidConfig(variable, `must be a whole number from ${least} to ${most}, not "${value}"`);
  }
  return number;
}

function oneOf<Choice extends string>(
  env: Environment,
  variable: string,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice {
  const value = text(env, variable);
  if (value === null) return otherwise;
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
    accountClaim: text(env, 'OIDC_ACCOUNT_CLAIM') ?? 'preferred_username',
    jwksUri: jwksUri === null ? null : url('OIDC_JWKS_URI', jwksUri),
  };
}

function url(variable: string, value: string): string {
  if (!URL.canParse(value) || !/^https?:/.test(value)) {
    throw new InvalidConfig(variable, `must be an http or https address, not "${value}"`);
  }
  return value;
}
