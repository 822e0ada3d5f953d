import { projection } from '#libs/engine/event-sourcing';
import { type LogImportEvent } from '../log-import.events.js';

/** A log whose import came to its end once. Id: the name of the log. */
export type ImportDocument = {
  readonly id: string;
  /** Supervision looks at what it says. */
  readonly findings: boolean;
};

/** The logs that were imported. */
export const imports = projection<ImportDocument, LogImportEvent>({
  name: 'imports',
  version: 1,
  model: 'imports',
  indexes: { findings: { equals: ['findings'] } },
  keys: (event) => [event.data.log],
  create: {
    ImportCompleted: ({ data }, id) => ({ id, findings: data.findings === true }),
  },
  update: {
    ImportBegun: (document) => document,
    ImportCompleted: (document, { data }) => ({ ...document, findings: data.findings === true }),
  },
});
