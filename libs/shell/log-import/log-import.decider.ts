import { type Decider, type DomainCommand, impossible } from '#libs/engine/event-sourcing';
import { type ImportBegun, type ImportCompleted, type LogImportEvent } from './log-import.events.js';

/** Says that a log is about to be imported. Sent by the importer itself. */
export interface BeginImport extends DomainCommand {
  readonly type: 'BeginImport';
  readonly begun: ImportBegun['data'];
}

/** Says that an import came to its end. Sent by the importer itself. */
export interface CompleteImport extends DomainCommand {
  readonly type: 'CompleteImport';
  readonly completed: ImportCompleted['data'];
}

export type LogImportState = {
  /** The last completed import of a log; null before the first. */
  readonly last: ImportCompleted['data'] | null;
  /** True while a further import has begun and its end is not on record. */
  readonly again: boolean;
};

/** The same file read again with the same mapping, and nothing new in it, is not worth an event. */
function isNews({ last, again }: LogImportState, completed: ImportCompleted['data']): boolean {
  if (last === null || again || completed.recorded > 0) return true;
  return isOther(last, completed) || last.bad !== completed.bad;
}

type Read = Pick<ImportCompleted['data'], 'digest' | 'mapping'>;

const isOther = (last: Read, read: Read): boolean =>
  last.digest !== read.digest || last.mapping !== read.mapping;

/** The stream `import-{log}`: which files of a log have been imported, so that only the log of events is truth. */
export const logImportDecider: Decider<LogImportState, BeginImport | CompleteImport, LogImportEvent> = {
  initial: { last: null, again: false },

  decide(state, command) {
    if (command.type === 'CompleteImport') {
      const { completed } = command;
      return isNews(state, completed) ? [{ type: 'ImportCompleted', version: 1, data: completed }] : [];
    }
    const { begun } = command;
    const { last, again } = state;
    if (last === null || again || !isOther(last, begun)) return [];
    return [{ type: 'ImportBegun', version: 1, data: begun }];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'ImportBegun':
        return { ...state, again: true };
      case 'ImportCompleted':
        return { last: event.data, again: false };
      default:
        return impossible(event);
    }
  },
};

export const importStream = (log: string): string => `import-${log}`;
