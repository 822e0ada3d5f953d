import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { MongoError, MongoInvalidArgumentError, MongoParseError, MongoServerError } from 'mongodb';

const ENGINE = 'mongodb';

/** Server error codes that a repeated call would meet again: they are faults of ours, not an engine that is away. */
const OURS = new Set([
  2, // BadValue
  9, // FailedToParse
  14, // TypeMismatch
  52, // DollarPrefixedFieldName
  59, // CommandNotFound
  67, // CannotCreateIndex
  73, // InvalidNamespace
  85, // IndexOptionsConflict
  86, // IndexKeySpecsConflict
  121, // DocumentValidationFailure
  10334, // BSONObjectTooLarge
]);

export const DUPLICATE_KEY = 11000;

/** A socket's own errors. The driver wraps them in its own, but not all: a write to a connection the server has ended. */
const SOCKET_CODES = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'ENOTCONN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

const isSocketError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && SOCKET_CODES.has(String(error.code));

function isOurs(error: unknown): boolean {
  if (error instanceof MongoServerError) return typeof error.code === 'number' && OURS.has(error.code);
  return (
    error instanceof MongoInvalidArgumentError ||
    error instanceof MongoParseError ||
    !(error instanceof MongoError || isSocketError(error))
  );
}

/** What a caller of the port gets to see for an error of the driver. */
const portError = (error: unknown): unknown =>
  isOurs(error) ? error : new StoreUnavailable(ENGINE, (error as Error).message, { cause: error });

/**
 * Waits for one call, at most `limitMs`. The driver's own limits end a call whose server is gone; this one also ends a
 * call that a frozen server or a full connection pool keeps waiting.
 * @throws StoreUnavailable
 */
export async function within<T>(limitMs: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable(ENGINE, `no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([call, limit]);
  } catch (error) {
    throw portError(error);
  } finally {
    clearTimeout(timer);
  }
}
