import { hash } from 'node:crypto';

const ROOM = 2 ** 32;

/**
 * Version of a projection whose documents are derived from tables too (a calendar, limits), from its own version and those of
 * the tables. Another table is another version: its documents are filled next to the live ones, which they replace when they
 * have caught up, as after a change of the code.
 */
export function tableVersion(own: number, ...tables: readonly string[]): number {
  return own * ROOM + parseInt(hash('sha256', JSON.stringify(tables), 'hex').slice(0, 8), 16);
}
