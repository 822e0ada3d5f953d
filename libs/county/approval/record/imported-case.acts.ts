import { idOf, type SubmittedApplication } from '../core/facts.js';
import { type CorrectImportedCase } from './imported-case.commands.js';
import { type ImportedCaseCorrected } from './imported-case.events.js';

export function correctImportedCase(
  state: SubmittedApplication,
  { correction }: CorrectImportedCase,
): ImportedCaseCorrected[] {
  return [{ type: 'ImportedCaseCorrected', version: 1, data: { ...idOf(state), ...correction } }];
}
