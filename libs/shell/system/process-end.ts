import {
  LogDamaged,
  OtherLog,
  PersonalKeysDamaged,
  PersonalKeysMissing,
  ReadModelsDamaged,
  StoreBroken,
  StoreFull,
  UnknownEventVersion,
} from '#libs/engine/event-sourcing';
import { InvalidConfig } from './invalid-config.js';
import { EXIT, type ExitCode } from '#libs/shell/exit-codes';

const DAMAGES = [LogDamaged, PersonalKeysDamaged, ReadModelsDamaged] as const;
const OTHER_DATA = [OtherLog, PersonalKeysMissing, UnknownEventVersion] as const;

/** The exit code for this error; null if the error is unexpected. */
export function exitCodeOf(error: unknown): ExitCode | null {
  if (DAMAGES.some((damage) => error instanceof damage)) return EXIT.damagedData;
  if (error instanceof StoreBroken) return error.fault === 'other-data' ? EXIT.otherData : EXIT.inputOutput;
  if (error instanceof StoreFull) return EXIT.inputOutput;
  if (OTHER_DATA.some((other) => error instanceof other)) return EXIT.otherData;
  if (error instanceof InvalidConfig) return EXIT.configuration;
  return null;
}
