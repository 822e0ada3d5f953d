import { getSystemErrorName } from 'node:util';
import { StoreBroken, StoreFull } from '#libs/engine/event-sourcing';
import { EXIT, type ExitCode } from '#libs/shell/exit-codes';
import { exitCodeOf } from './process-end.js';

/** What a process says on standard error when it cannot go on, and how it ends. */
export interface Failure {
  readonly text: string;
  readonly code: ExitCode;
}

/** What the operating system refuses, in words, with the end it leads to. */
const SYSTEM_ERRORS: { readonly [name: string]: readonly [text: string, code: ExitCode] } = {
  EACCES: ['this user may not do that', EXIT.configuration],
  EPERM: ['this user may not do that', EXIT.configuration],
  EROFS: ['the file system is read-only', EXIT.configuration],
  ENOENT: ['there is no such file or directory', EXIT.configuration],
  ENOTDIR: ['a part of the path is a file and no directory', EXIT.configuration],
  EISDIR: ['it is a directory and no file', EXIT.configuration],
  EEXIST: ['there is something else of that name', EXIT.configuration],
  ELOOP: ['its links lead in a circle', EXIT.configuration],
  ENAMETOOLONG: ['the name is too long', EXIT.configuration],
  EADDRINUSE: ['another process listens there', EXIT.configuration],
  EADDRNOTAVAIL: ['this machine does not have that address', EXIT.configuration],
  ENOTFOUND: ['no such host is known', EXIT.configuration],
  EMFILE: ['this process may not open more files', EXIT.configuration],
  EIO: ['the disk could not read or write', EXIT.inputOutput],
  ENOSPC: ['the disk is full', EXIT.inputOutput],
  EDQUOT: ['the quota of this user is used up', EXIT.inputOutput],
};

/** One sentence where a person can put it right; the stack where it is a fault of ours. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { text: String(error), code: EXIT.unexpected };
  const code = exitCodeOf(error);
  if (code !== null && error instanceof StoreBroken) return { text: oneLine(brokenText(error)), code };
  if (code !== null && error instanceof StoreFull) return { text: oneLine(fullText(error)), code };
  if (code !== null) return { text: oneLine(error.message), code };
  return systemFailure(error) ?? { text: error.stack ?? error.message, code: EXIT.unexpected };
}

/** The next start reads what was on disk: nothing acknowledged is missing. */
function brokenText({ reason, fault }: StoreBroken): string {
  return fault === 'other-data'
    ? `the data are not those that were opened: ${reason}; bring back the right data directory, then start again`
    : `the disk under the data fails: ${reason}; look at the disk and at its free space, then start again`;
}

function fullText({ reason }: StoreFull): string {
  return `stopped, for the disk is full: ${reason}; what was recorded stays, so make room and run it again`;
}

function systemFailure(error: NodeJS.ErrnoException & { address?: string; port?: number }): Failure | null {
  const name = systemNameOf(error);
  const [reason, code] = SYSTEM_ERRORS[name ?? ''] ?? [];
  if (name === null || reason === undefined || code === undefined) return null;
  if (error.syscall === 'listen' || error.syscall === 'bind') {
    const variables = 'HOST, PORT, OPS_HOST and OPS_PORT say where to listen';
    const at = error.port === undefined ? (error.address ?? '') : `${error.address}:${error.port}`;
    return { text: `cannot listen at ${at}: ${reason} (${name}); ${variables}`, code };
  }
  const what = error.path === undefined ? oneLine(error.message) : `${error.syscall ?? 'open'} ${error.path}`;
  return { text: `cannot ${what}: ${reason} (${name}); DATA_DIR says where the data are`, code };
}

/**
 * Node names them; LMDB gives their numbers, in a plain Error. Other numbers mean other things: 20 is an aborted wait, 13 a
 * gRPC call that failed inside.
 */
function systemNameOf(error: Error & { readonly code?: unknown }): string | null {
  const { code } = error;
  if (typeof code === 'string') return code;
  const isNumbered = error.constructor === Error && !('details' in error);
  return isNumbered && typeof code === 'number' && Number.isInteger(code) && code > 0 && code < 200
    ? getSystemErrorName(-code)
    : null;
}

function oneLine(text: string): string {
  return text.split('\n', 1)[0]?.trimEnd() ?? text;
}
