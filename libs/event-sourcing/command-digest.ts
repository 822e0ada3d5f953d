import { hash } from 'node:crypto';
import { type DomainCommand } from './decider.js';

const NOTHING: ReadonlySet<string> = new Set();

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
