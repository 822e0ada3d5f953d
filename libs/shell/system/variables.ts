import { isIPv4, isIPv6 } from 'node:net';
import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsOptional, ValidateBy } from 'class-validator';
import { CODE_CHECKS, type CodeCheck } from '#libs/county/project';
import { BLOB_ADDRESS_RULE, blobAddressOf } from '#libs/engine/blobs';
import { bodyReader, InvalidInput } from '#libs/shell/nest';
import { SEED_MODES, type SeedMode } from '#libs/shell/seeding';
import { CLAMAV_RULE, clamavAddressOf } from '#libs/shell/uploads';
import { diskReserveOf, RESERVE_RULE } from './disk-reserve.js';
import { InvalidConfig } from './invalid-config.js';

export const SYSTEM_ROLES = ['api', 'projector', 'clock'] as const;
/**
 * What a process does: take commands and queries over HTTP, keep the read models, run the policies that wait for time to
 * pass. Health and metrics are answered by every process.
 */
export type SystemRole = (typeof SYSTEM_ROLES)[number];

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const DOCS = ['public', 'signed-in'] as const;

const JWT_SECRET_BYTES = 32;
const OPS_TOKEN_BYTES = 16;
const MOST_IN_LIST = 100;
const CALLBACK = '/api/v1/session/provider/callback';

/** A variable that may be left out, checked where it is set. */
const Variable = (message: string, holds: (text: string) => boolean, each = false) =>
  applyDecorators(
    IsOptional(),
    ValidateBy(
      { name: 'isVariable', validator: { validate: (value) => typeof value === 'string' && holds(value) } },
      { message, each },
    ),
  );

const AnyText = () => Variable('must be a text', () => true);

const OneOf = (choices: readonly string[]) =>
  Variable(`must be one of ${choices.join(', ')}`, (text) => choices.includes(text));

const Whole = (least: number, most: number, word?: string) =>
  Variable(
    `must be a whole number from ${least} to ${most}${word === undefined ? '' : `, or ${word}`}`,
    (text) => text === word || (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most),
  );

const BeginsWith = (...schemes: readonly string[]) =>
  Variable(`must begin with ${schemes.join(' or ')}`, (text) =>
    schemes.some((scheme) => text.startsWith(scheme)),
  );

const WebAddress = () =>
  Variable('must be an http or https address', (text) => URL.canParse(text) && /^https?:/.test(text));

/** With commas between its parts. */
const ListOf = (message: string, holds: (text: string) => boolean) =>
  applyDecorators(Variable(message, holds, true), ArrayMaxSize(MOST_IN_LIST), IsArray());

/** A proxy in this list may state a request's origin, so no range may include all addresses. */
function isProxy(proxy: string): boolean {
  const [address = '', bits, ...rest] = proxy.split('/');
  const max = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  const isRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= max);
  const isName = ['loopback', 'linklocal', 'uniquelocal'].includes(proxy);
  return isName || (max > 0 && isRange && rest.length === 0);
}

const isOpsToken = (text: string): boolean =>
  Buffer.byteLength(text) >= OPS_TOKEN_BYTES && /^[A-Za-z0-9._~+/-]+=*$/.test(text);

/** Every variable that the server reads, as it is set: docs/how-to/operate.md says what each is for. */
export class Variables {
  @AnyText()
  HOST?: string;
  @Whole(0, 65_535)
  PORT?: string;
  @AnyText()
  OPS_HOST?: string;
  @Whole(0, 65_535, 'off')
  OPS_PORT?: string;
  @Variable(
    `must have at least ${OPS_TOKEN_BYTES} letters, digits or any of . _ ~ + / - (RFC 6750 section 2.1)`,
    isOpsToken,
  )
  OPS_TOKEN?: string;
  @OneOf(DOCS)
  DOCS?: (typeof DOCS)[number];
  @AnyText()
  DATA_DIR?: string;
  @BeginsWith('esdb://', 'esdb+discover://')
  EVENTSTORE_URL?: string;
  @Variable('must be at most 60 letters, digits, dots, dashes or underscores', (text) =>
    /^[A-Za-z0-9._-]{0,60}$/.test(text),
  )
  EVENTSTORE_STREAM_PREFIX?: string;
  @BeginsWith('mongodb://', 'mongodb+srv://')
  MONGODB_URL?: string;
  @Whole(500, 60_000)
  ENGINE_TIME_LIMIT_MS?: string;
  @Variable(RESERVE_RULE, (text) => diskReserveOf(text) !== null)
  DISK_RESERVE?: string;
  @OneOf(SEED_MODES)
  SEED?: SeedMode;
  @ListOf(`must be one of ${SYSTEM_ROLES.join(', ')}`, (text) => SYSTEM_ROLES.some((role) => role === text))
  ROLES?: readonly SystemRole[];
  @OneOf(LOG_LEVELS)
  LOG_LEVEL?: (typeof LOG_LEVELS)[number];
  @Whole(1024, 16_777_216)
  BODY_LIMIT?: string;
  @Whole(1_000, 600_000)
  REQUEST_TIME_LIMIT_MS?: string;
  @Whole(1_024, 1_073_741_824)
  UPLOAD_LIMIT?: string;
  @Whole(1_000, 3_600_000)
  UPLOAD_TIME_LIMIT_MS?: string;
  @Whole(1, 1_000)
  MAX_UPLOADS?: string;
  @Whole(1, 8_760)
  BLOB_ORPHAN_HOURS?: string;
  @Variable(`must be ${BLOB_ADDRESS_RULE}`, (text) => blobAddressOf(text) !== null)
  BLOBS_URL?: string;
  @Variable(`must be ${CLAMAV_RULE}`, (text) => clamavAddressOf(text) !== null)
  CLAMAV_URL?: string;
  @Whole(0, 10_000)
  MAX_IN_FLIGHT?: string;
  @Whole(0, 60_000)
  MAX_WAIT_MS?: string;
  @WebAddress()
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  @Whole(0, 100_000)
  MAX_STREAMS?: string;
  @Whole(1_000, 60_000)
  STREAM_HEARTBEAT_MS?: string;
  @Whole(0, 1_000_000)
  RATE_COMMANDS?: string;
  @Whole(0, 1_000_000)
  RATE_READS?: string;
  @Whole(0, 1_000_000)
  RATE_EXPORTS?: string;
  @Whole(0, 1_000_000)
  RATE_UNKNOWN?: string;
  @Variable(
    `must have at least ${JWT_SECRET_BYTES} bytes (RFC 7518 section 3.2)`,
    (text) => Buffer.byteLength(text) >= JWT_SECRET_BYTES,
  )
  JWT_SECRET?: string;
  @Whole(60, 31_536_000)
  TOKEN_TTL?: string;
  @Whole(1, 16)
  PROJECTOR_THREADS?: string;
  @Whole(1, 64)
  PROJECTION_PARTITIONS?: string;
  @Whole(1_000, 300_000)
  PROJECTOR_LEASE_MS?: string;
  @Whole(0, 60_000)
  AFTER_TIMEOUT_MS?: string;
  @WebAddress()
  OIDC_ISSUER?: string;
  @AnyText()
  OIDC_AUDIENCE?: string;
  @ListOf('must be names with commas', () => true)
  OIDC_CLIENTS?: readonly string[];
  @WebAddress()
  OIDC_JWKS_URI?: string;
  @AnyText()
  OIDC_CLIENT_ID?: string;
  @AnyText()
  OIDC_CLIENT_SECRET?: string;
  @Variable(
    'must be the http or https address of /api/v1/session/provider/callback as browsers reach it',
    (text) => URL.canParse(text) && /^https?:/.test(text) && new URL(text).pathname === CALLBACK,
  )
  OIDC_REDIRECT_URI?: string;
  @Whole(60, 2_592_000)
  SESSION_TTL?: string;
  @Whole(60, 2_592_000)
  SESSION_IDLE?: string;
  @AnyText()
  HOLIDAYS_FILE?: string;
  @AnyText()
  POLICIES_DIR?: string;
  @AnyText()
  LAWS_FILE?: string;
  @ListOf('must be addresses or ranges of at least 8 fixed bits, such as 10.0.3.7,10.244.0.0/16', isProxy)
  TRUSTED_PROXIES?: readonly string[];
  @OneOf(CODE_CHECKS)
  PROJECT_CODE_CHECK?: CodeCheck;
}

const LISTS = ['ROLES', 'OIDC_CLIENTS', 'TRUSTED_PROXIES'];
/** Their values are never shown: they hold passwords. */
const SECRETS = [
  'BLOBS_URL',
  'EVENTSTORE_URL',
  'JWT_SECRET',
  'MONGODB_URL',
  'OIDC_CLIENT_SECRET',
  'OPS_TOKEN',
];

const NAMES = Object.keys(new Variables());
const read = bodyReader(Variables);

/**
 * The variables of an environment; an empty one counts as one that is not set.
 * @throws InvalidConfig naming all that cannot be used
 */
export function readVariables(env: { readonly [name: string]: string | undefined }): Readonly<Variables> {
  const given = NAMES.flatMap((name): [string, string | readonly string[]][] => {
    const text = env[name]?.trim() ?? '';
    if (text === '') return [];
    return [[name, LISTS.includes(name) ? partsOf(text) : text]];
  });
  try {
    return read(Object.fromEntries(given));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const texts = new Map(given);
    const problems = error.errors.map(({ field, reason }): [string, string] => {
      const [, at, ofElement] = /^element (\d+) (.*)$/s.exec(reason) ?? [];
      const value = texts.get(field) ?? '';
      const shown = typeof value === 'string' ? value : (value[Number(at) - 1] ?? value.join());
      return [field, SECRETS.includes(field) ? reason : `${ofElement ?? reason}, not "${shown}"`];
    });
    const [[variable, reason] = ['', ''], ...more] = problems;
    throw new InvalidConfig(variable, [reason, ...more.map((problem) => problem.join(' '))].join('; '));
  }
}

/** The parts of a list with commas. */
const partsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
