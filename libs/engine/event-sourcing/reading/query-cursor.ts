import { hash } from 'node:crypto';
import { type IndexDefinition, InvalidQuery, type Query } from './read-store.js';

/** Ties a cursor to the query that gave it out; the limit may change from page to page. */
export function queryFingerprint(model: string, { equals }: IndexDefinition, query: Query): string {
  const { gte, gt, lte, lt } = query.range ?? {};
  const bounds = [gte, gt, lte, lt].map((bound) => (bound === undefined ? [] : [bound]));
  const fixed = equals.map((field) => query.equals?.[field] ?? null);
  const asked = JSON.stringify([model, query.index, fixed, bounds, query.order ?? 'asc']);
  return hash('sha256', asked, 'base64url').slice(0, 16);
}

/** A cursor that says this, which is JSON. */
export function cursorOf(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** The content of a cursor. @throws InvalidQuery when the text is not a cursor */
export function cursorContent(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (cause) {
    throw new InvalidQuery('this is not a cursor', { cause });
  }
}
