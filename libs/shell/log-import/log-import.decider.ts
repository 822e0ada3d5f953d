import { type Decider, type DomainCommand, impossible } from '#libs/engine/event-sourcing';
import { type ImportCompleted, type LogImportEvent } from './log-import.events.js';

/** Says that an import came to its end. Sent by the importer itself. */
export interface CompleteImport extends DomainCommand {
  readonly type: 'CompleteImport';
  readonly completed: ImportCompleted['data'];
}

/** The last completed import of a log; null before the first. */
export type LogImportState = { readonly last: ImportCompleted['data'] | null };

/** The same file read again with the same mapping, and nothing new in it, is not worth an event. */
function isNews(last: ImportCompleted['data'] | null, completed: ImportCompleted['data']): boolean {
  if (last === null || completed.recorded > 0) return true;
  return last.digest !== completed.digest || last.mapping !== completed.mapping || last.bad !== completed.bad;
}

/** The stream `import-{log}`: which files of a log have been imported, so that only the log of events is truth. */
export const logImportDecider: Decider<LogImportState, CompleteImport, LogImportEvent> = {
  initial: { last: null },

  decide({ last }, { completed }) {
    return isNews(last, completed) ? [{ type: 'ImportCompleted', version: 1, data: completed }] : [];
  },

  evolve(_state, event) {
    switch (event.type) {
      case 'ImportCompleted':
        return { last: event.data };
      default:
        return impossible(event.type);
    }
  },
};

export const importStream = (log: string): string => `import-${log}`;
