import { hash } from 'node:crypto';
import { type DomainCommand } from './decider.js';

/** Where a command keeps its fields as the caller wrote them, when reading them changed a text. No field of it. */
const AS_SENT = Symbol('as sent');

/**
 * Where a class of commands says which of its fields the sender fills in. Without it, all of them: a command that is not an
 * instance of such a class carries only what was sent.
 */
export const SENT_FIELDS = Symbol('sent fields');

type Fields = Readonly<Record<string, unknown>>;
type Digestible = DomainCommand & {
  readonly [AS_SENT]?: Fields;
  readonly [SENT_FIELDS]?: ReadonlySet<string>;
};

/** Notes what a command looked like before its texts were trimmed and composed. */
export function asSent(command: object, fields: Fields): void {
  Object.defineProperty(command, AS_SENT, { value: fields, configurable: true });
}

/**
 * Digest of a command's type and of what its sender sent: sha-256, base64url, over canonical JSON (keys sorted, `undefined`
 * dropped). It leaves out what a handler has looked up since, which may differ when the same request is sent again.
 */
export function commandDigest(command: Digestible): string {
  return digestOf(command, command);
}

/**
 * Whether a digest is that of this command, or was when it was stored. Commands were once digested with their texts as they
 * were sent, and without the fields of `formerlyLeftOut`.
 */
export function isDigestOf(
  digest: string,
  command: Digestible,
  formerlyLeftOut: readonly string[] = [],
): boolean {
  const sent = command[AS_SENT];
  if (digest === commandDigest(command)) return true;
  if (sent !== undefined && digest === digestOf(command, { ...command, ...sent })) return true;
  return formerlyLeftOut.length > 0 && digest === digestOf(command, without(command, formerlyLeftOut));
}

function digestOf({ type, [SENT_FIELDS]: sent }: Digestible, fields: object): string {
  const isSent = (field: string) =>
    field !== 'meta' && field !== 'type' && (sent === undefined || sent.has(field));
  return hash('sha256', `${JSON.stringify(type)}${canonicalFields(fields, isSent)}`, 'base64url');
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
