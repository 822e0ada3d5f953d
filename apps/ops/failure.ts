import { writeSync } from 'node:fs';
import { CatalogueFileError } from '#libs/law/catalogue/http';
import {
  CommandIdReused,
  LogDamaged,
  OtherLog,
  RuleViolation,
  type StoreBroken,
  StoreUnavailable,
} from '#libs/engine/event-sourcing';
import { LogFormatError, MappingError } from '#libs/shell/log-import';
import { englishText, InvalidInput } from '#libs/shell/nest';
import { EXIT, type ExitCode } from '#libs/shell/exit-codes';
import { AREA_MESSAGES, failureOf as processFailureOf } from '#libs/shell/system';
import { NotACopy } from './copy-log.js';
import { DemandsError } from './demands.js';

/** A mistake that the user can correct: printed without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

const UNDERSTOOD = [
  UserError,
  NotACopy,
  DemandsError,
  MappingError,
  LogFormatError,
  CatalogueFileError,
  InvalidInput,
  CommandIdReused,
  StoreUnavailable,
  LogDamaged,
  OtherLog,
];

/** What to say of an error: its message where that is enough, the stack where it is a fault of ours. */
function failureText(error: unknown): string {
  if (error instanceof RuleViolation) return refusalText(error);
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError')
    return 'interrupted: what was recorded is kept; run the same command again to continue';
  return UNDERSTOOD.some((known) => error instanceof known) ? error.message : (error.stack ?? error.message);
}

/** How `ops` ends because of an error: text and exit code. */
export function failureOf(error: unknown): { readonly code: ExitCode; readonly text: string } {
  const { code, text } = processFailureOf(error);
  return code === EXIT.unexpected ? { code, text: failureText(error) } : { code, text };
}

/**
 * Ends the process at once: nothing more can be stored, and after a failed write the process's own memory is not to be trusted
 * (docs/gotchas.md). lmdb's own listener would wait for the disk.
 */
export function endBroken(error: StoreBroken): never {
  const { code, text } = processFailureOf(error);
  writeSync(process.stderr.fd, `ops: ${text}\n`);
  process.removeAllListeners('exit');
  process.exit(code);
}

/** A refusal in words, with the article of law it rests on. */
export function refusalText({ code, params, article }: RuleViolation): string {
  const message = AREA_MESSAGES[code];
  const text = message ? englishText(message.en, params) : `${code} ${JSON.stringify(params)}`;
  return article === null ? text : `${text} (${article})`;
}
