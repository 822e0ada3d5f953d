import { comparePlaces, type KeysetPlace } from '../answers/keyset-cursor.js';
import { type AuditItem } from './audit.item.js';

/** Any combination; nothing given = the whole log. */
export type AuditQuery = {
  readonly stream?: string;
  /** Account of the actor. */
  readonly actor?: string;
  /** Any of these. */
  readonly types?: readonly string[];
  /** Of a request and all that came of it, or the id of the command itself. */
  readonly correlation?: string;
  /** Of a project and its applications. */
  readonly project?: string;
  /** The one event at this position. */
  readonly position?: string;
  /** A text in the name of the stream or in the data. */
  readonly q?: string;
  /** Default `desc`: the latest first. */
  readonly order?: 'asc' | 'desc';
  /** ISO instants in UTC with milliseconds, on `occurredAt`, both included. */
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

export type AuditPage = { readonly items: readonly AuditItem[]; readonly nextCursor: string | null };

export const isAscending = ({ order }: Pick<AuditQuery, 'order'>): boolean => order === 'asc';

/** Negative when the first one is shown first. */
export const inOrder = (query: Pick<AuditQuery, 'order'>): typeof comparePlaces =>
  isAscending(query) ? comparePlaces : (one, other) => comparePlaces(other, one);

/** Whether an instant is shown before another, in the order asked for. */
export const isBefore = (one: string, other: string, ascends: boolean): boolean =>
  ascends ? one < other : one > other;

export function isWanted(place: KeysetPlace, query: AuditQuery, before: KeysetPlace | null): boolean {
  const { from, to } = query;
  return (
    (from === undefined || place.occurredAt >= from) &&
    (to === undefined || place.occurredAt <= to) &&
    (before === null || inOrder(query)(place, before) > 0)
  );
}
