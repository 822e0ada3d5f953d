import { CatalogueFileError } from '#libs/catalogue';
import { CommandIdReused, LogDamaged, OtherLog, RuleViolation, StoreUnavailable } from '#libs/event-sourcing';
import { LogFormatError, MappingError } from '#libs/log-import';
import { fill, InvalidInput } from '#libs/nest';
import { AREA_MESSAGES, exitCodeOf } from '#libs/system';
import { NotACopy } from './copy-log.js';
import { DemandsError } from './demands.js';

/** Something the person at the keyboard can put right: told without a stack. */
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
export function failureText(error: unknown): string {
  if (error instanceof RuleViolation) return refusalText(error);
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError')
    return 'interrupted: what was recorded stays, and the same command goes on from there';
  const isUnderstood = exitCodeOf(error) !== null || UNDERSTOOD.some((known) => error instanceof known);
  return isUnderstood ? error.message : (error.stack ?? error.message);
}

/** A refusal in words, with the article of law it rests on. */
export function refusalText({ code, params, article }: RuleViolation): string {
  const message = AREA_MESSAGES[code];
  const text = message ? fill(message.en, params) : `${code} ${JSON.stringify(params)}`;
  return article === null ? text : `${text} (${article})`;
}
