import { type WorkingCalendar } from '#libs/law/calendar';
import { idOf, type SubmittedApplication } from '../core/facts.js';
import { type CorrectImportedCase, type CorrectionOfImport } from './imported-case.commands.js';
import { type ImportedCaseCorrected } from './imported-case.events.js';

export function correctImportedCase(
  state: SubmittedApplication,
  _command: CorrectImportedCase,
  _calendar: WorkingCalendar,
  { correction }: CorrectionOfImport,
): ImportedCaseCorrected[] {
  return [{ type: 'ImportedCaseCorrected', version: 1, data: { ...idOf(state), ...correction } }];
}
