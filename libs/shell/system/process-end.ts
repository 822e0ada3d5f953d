import { LogDamaged, OtherLog, ReadModelsDamaged, StoreBroken, StoreFull } from '#libs/engine/event-sourcing';
import { InvalidConfig } from './config.js';
import { EXIT, type ExitCode } from '#libs/shell/exit-codes';

/** The exit code for this error; null if the error is unexpected. */
export function exitCodeOf(error: unknown): ExitCode | null {
  if (error instanceof LogDamaged || error instanceof ReadModelsDamaged) return EXIT.damagedData;
  if (error instanceof StoreBroken) return error.fault === 'other-data' ? EXIT.otherData : EXIT.inputOutput;
  if (error instanceof StoreFull) return EXIT.inputOutput;
  if (error instanceof OtherLog) return EXIT.otherData;
  if (error instanceof InvalidConfig) return EXIT.configuration;
  return null;
}
