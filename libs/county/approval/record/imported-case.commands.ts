import { HttpCommand, SentBySystem } from '#libs/shell/nest';
import { type ImportedCaseCorrected, type ImportedChange, type Reading } from './imported-case.events.js';

export type CorrectionOfImport = {
  /** What comes of it. */
  readonly correction: Omit<ImportedCaseCorrected['data'], 'application' | 'project'>;
};

/** Says that a log says otherwise of a case now. The import sends it; it has no route. */
export class CorrectImportedCase extends HttpCommand<CorrectionOfImport> {
  override readonly type = 'CorrectImportedCase';
  @SentBySystem()
  declare log: string;
  @SentBySystem()
  declare changes: readonly ImportedChange[];
  /** What each event that is concerned says now, by the event's id. */
  @SentBySystem()
  declare readings: { readonly [event: string]: Reading };
}
