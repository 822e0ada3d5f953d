import { hash } from 'node:crypto';
import { type DomainCommand } from './decider.js';

const NOTHING: ReadonlySet<string> = new Set();

/** Where a command keeps its fields as the caller wrote them, when reading them changed a text. No field of it. */
const AS_SENT = Symbol('as sent');

/** Notes what a command looked like before its texts were trimmed and composed. */
export function asSent(command: object, fields: Readonly<Record<string, unknown>>): void {
  Object.defineProperty(command, AS_SENT, { value: fields, configurable: true });
}

/**
 * Whether a digest is that of this command. Commands were once digested, and stored, as they were sent: their retries
 * are told by that digest too.
 */
export function isDigestOf(
  digest: string,
  command: DomainCommand & { readonly [AS_SENT]?: Readonly<Record<string, unknown>> },
  leftOut: ReadonlySet<string> = NOTHING,
): boolean {
  if (digest === commandDigest(command, leftOut)) return true;
  const sent = command[AS_SENT];
  return sent !== undefined && digest === commandDigest({ ...command, ...sent, type: command.type }, leftOut);
}

/**
 * Digest of a command's type and content: sha-256, base64url, over canonical JSON (keys sorted, `undefined` dropped).
 * Counts the own enumerable fields except `meta` and those of `leftOut`: what a handler looked up is not content of
 * the request, and may be different when the same request comes again.
 */
export function commandDigest(command: DomainCommand, leftOut: ReadonlySet<string> = NOTHING): string {
  const fields: Readonly<Record<string, unknown>> = { ...command };
  const content: Record<string, unknown> = {};
  for (const field in fields) {
    if (field !== 'meta' && field !== 'type' && !leftOut.has(field)) content[field] = fields[field];
  }
  return hash('sha256', `${JSON.stringify(command.type)}${canonicalJson(content) ?? ''}`, 'base64url');
}

/** JSON with sorted keys; what JSON cannot say (`undefined`, a function) is left out, as JSON.stringify does. */
export function canonicalJson(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((element: unknown) => canonicalJson(element) ?? 'null').join(',')}]`;
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return JSON.stringify(value);
  const fields = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(fields).sort()) {
    const field = canonicalJson(fields[key]);
    if (field !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${field}`;
  }
  return `{${text}}`;
}
