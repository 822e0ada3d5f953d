import { StoreFull, StoreUnavailable } from '#libs/engine/event-sourcing';

/** What an error of the file system means to a caller. */
export function storeErrorOf(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const { code, message } = error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StoreFull('files', message);
  return new StoreUnavailable('files', message, { cause: error });
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
