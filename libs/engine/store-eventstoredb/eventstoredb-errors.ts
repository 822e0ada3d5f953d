import { ErrorType, isCommandError } from '@eventstore/db-client';
import { EventTooLarge, StoreUnavailable, WrongExpectedRevision } from '#libs/engine/event-sourcing';
import { ENGINE } from './time-limit.js';

/** Kinds of the client's errors that a repeated call may not meet again. */
const AWAY: ReadonlySet<string> = new Set([
  ErrorType.UNAVAILABLE,
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
  ErrorType.ACCESS_DENIED,
]);

/**
 * gRPC codes of a connection that is not there: cancelled, deadline, resources, internal (a reset stream), unavailable.
 * And of one that is not let in, which is for who operates to mend and not for who asks: permission, authentication.
 */
const AWAY_CODES: ReadonlySet<unknown> = new Set([1, 4, 8, 13, 14, 7, 16]);

const UNKNOWN_CODE = 2;

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** Discovery of a cluster ends in a plain Error, and the client repeats it forever: only a new client helps. */
export const discoveryFailed = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Failed to discover');

const typeOf = (error: unknown): ErrorType | null =>
  error instanceof Error && isCommandError(error) ? error.type : null;

/**
 * The server refused without saying why, as it does for a position inside a record. A connection that breaks in certain
 * ways has the same type, and another code.
 */
export const isUnknown = (error: unknown): boolean =>
  typeOf(error) === ErrorType.UNKNOWN && codeOf(error) === UNKNOWN_CODE;

/**
 * An answer within the append stream for which the client has no class, so that its type is `unknown` and its code absent: a
 * server that starts, elects or leaves says "Server Is Not Ready", "Server Is Busy" or that it is not the leader. Only
 * `BadRequest` is about the append itself.
 */
const isNotServing = (error: unknown): boolean =>
  typeOf(error) === ErrorType.UNKNOWN &&
  codeOf(error) === undefined &&
  /^Could not recognize (?!BadRequest)/.test((error as Error).message);

/** The server that was asked follows another one: a client that keeps its connection would ask it forever. */
export const isNotLeader = (error: unknown): boolean =>
  typeOf(error) === ErrorType.NOT_LEADER || (isNotServing(error) && /leader/i.test((error as Error).message));

export const isStreamNotFound = (error: unknown): boolean => typeOf(error) === ErrorType.STREAM_NOT_FOUND;

/** The engine is away or asked to come again: the same call may succeed later. While it is away, errors have no type. */
export const isAway = (error: unknown): boolean =>
  error instanceof StoreUnavailable ||
  discoveryFailed(error) ||
  isNotServing(error) ||
  AWAY.has(typeOf(error) ?? '') ||
  AWAY_CODES.has(codeOf(error));

const revision = (version: unknown): bigint | null =>
  typeof version === 'bigint' || typeof version === 'number' ? BigInt(version) : null;

/** What a caller of the port gets to see for an error of the client, whose `name` is `Error` for all of them. */
export function portError(
  error: unknown,
  stream: string | null = null,
  expected: bigint | null = null,
): unknown {
  if (error instanceof StoreUnavailable) return error;
  if (error instanceof Error && isCommandError(error)) {
    if (error.type === ErrorType.WRONG_EXPECTED_VERSION)
      return new WrongExpectedRevision(stream ?? error.streamName, expected, revision(error.actualVersion));
    if (error.type === ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED)
      return new EventTooLarge(stream ?? '', error.maxAppendSize + 1, error.maxAppendSize);
  }
  if (isAway(error)) return new StoreUnavailable(ENGINE, (error as Error).message, { cause: error });
  return error;
}
