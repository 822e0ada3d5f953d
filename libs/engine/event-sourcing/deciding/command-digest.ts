import { createHmac, hash } from 'node:crypto';
import { type DomainCommand } from './decider.js';

/** Where a command keeps its fields as the caller wrote them, when reading them changed a text. No field of it. */
const AS_SENT = Symbol('as sent');

/**
 * Where a class of commands says which of its fields the sender fills in. Without it, all of them: a command that is not an
 * instance of such a class carries only what was sent.
 */
export const SENT_FIELDS = Symbol('sent fields');

/** Where a class of commands says which of its fields identify a person, or hold something that does. */
export const PERSONAL_FIELDS = Symbol('personal fields');

type Fields = Readonly<Record<string, unknown>>;
type Digestible = DomainCommand & {
  readonly [AS_SENT]?: Fields;
  readonly [SENT_FIELDS]?: ReadonlySet<string>;
  readonly [PERSONAL_FIELDS]?: ReadonlySet<string>;
};

/** Key for what a digest says of personal fields; null where digests cover them in clear. */
type DigestKey = Uint8Array | null;

/** Notes what a command looked like before its texts were trimmed and composed. */
export function asSent(command: object, fields: Fields): void {
  Object.defineProperty(command, AS_SENT, { value: fields, configurable: true });
}

/**
 * Digest of a command's type and of what its sender sent: sha-256, base64url, over canonical JSON (keys sorted, `undefined`
 * dropped). It leaves out what a handler has looked up since, which may differ when the same request is sent again. Of a personal
 * field it covers an HMAC: digests stay in the log, where nobody should be able to test a guess of a name or a number.
 */
export function commandDigest(command: Digestible, key: DigestKey = null): string {
  const known = withKey.get(command);
  if (known !== undefined) return known;
  const digest = digestOf(command, command, key);
  if (key !== null) withKey.set(command, digest);
  return digest;
}

/** Of commands that are run: a decider that needs the digest, for the id of its own event, has no key. */
const withKey = new WeakMap<Digestible, string>();

export function hasPersonalFields({ [PERSONAL_FIELDS]: personal }: Digestible): boolean {
  return personal !== undefined && personal.size > 0;
}

/**
 * Whether a digest is that of this command, or was when it was stored, with personal fields in clear. Commands were once
 * digested with their texts as they were sent, and without the fields of `formerlyLeftOut`.
 */
export function isDigestOf(
  digest: string,
  command: Digestible,
  formerlyLeftOut: readonly string[] = [],
): boolean {
  const sent = command[AS_SENT];
  if (digest === digestOf(command, command, null)) return true;
  if (sent !== undefined && digest === digestOf(command, { ...command, ...sent }, null)) return true;
  return formerlyLeftOut.length > 0 && digest === digestOf(command, without(command, formerlyLeftOut), null);
}

function digestOf(command: Digestible, fields: object, key: DigestKey): string {
  const { type, [SENT_FIELDS]: sent, [PERSONAL_FIELDS]: personal } = command;
  const isSent = (field: string) =>
    field !== 'meta' && field !== 'type' && (sent === undefined || sent.has(field));
  const covered = key === null || personal === undefined ? fields : withMarks(fields, personal, key);
  return hash('sha256', `${JSON.stringify(type)}${canonicalFields(covered, isSent)}`, 'base64url');
}

/** The same fields with an HMAC in place of each personal one. */
function withMarks(fields: object, personal: ReadonlySet<string>, key: Uint8Array): object {
  const marked = Object.entries(fields).map(([field, value]): readonly [string, unknown] => {
    const text = personal.has(field) ? canonicalJson(value) : undefined;
    return [field, text === undefined ? value : createHmac('sha256', key).update(text).digest('base64url')];
  });
  return Object.fromEntries(marked);
}

function without(fields: object, left: readonly string[]): object {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !left.includes(field)));
}

/** JSON with sorted keys; what JSON cannot say (`undefined`, a function) is left out, as JSON.stringify does. */
export function canonicalJson(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((element: unknown) => canonicalJson(element) ?? 'null').join(',')}]`;
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return JSON.stringify(value);
  return canonicalFields(value, () => true);
}

function canonicalFields(value: object, isPart: (field: string) => boolean): string {
  const fields = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(fields).sort()) {
    const field = isPart(key) ? canonicalJson(fields[key]) : undefined;
    if (field !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${field}`;
  }
  return `{${text}}`;
}
