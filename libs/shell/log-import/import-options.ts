import { type Actor, type EventStore, type Receipt } from '#libs/engine/event-sourcing';
import { type HttpCommand } from '#libs/shell/nest';
import { type BadRow } from './log-record.js';

/** Where the file says otherwise than what is on record. */
export interface Difference {
  /** Line of the row; for what belongs to the case as a whole, or is missing from the file, of a row of the case. */
  readonly line: number;
  /** As the mapping calls it. `row` where a row on record is no longer in the file. */
  readonly field: string;
  readonly recorded: string | null;
  readonly found: string | null;
  /** True when a correction was recorded. */
  readonly corrected: boolean;
}

/** How an import gives back what it has gathered, so that memory does not grow with the log. */
interface Rests {
  /** Whether to rest, so many rows after the last rest. */
  isDue(rows: number): boolean;
  /** Called while nothing is under way. It may put another store in the place of `events`. */
  take(): Promise<void>;
}

/** What the importer needs: the door for commands, and the log for its own stream. */
export interface ImporterDependencies {
  /** Runs a command as the server would: CommandBus.execute. */
  execute(command: HttpCommand): Promise<Receipt>;
  readonly events: EventStore;
  readonly rest?: Rests;
  /** ISO instant of the clock. */
  now(): string;
  /** Words for a refusal, for the report of bad rows. Default: the error's message. */
  readonly explain?: (error: Error) => string;
}

export interface ImportProgress {
  readonly phase: 'reading' | 'recording';
  /** Bytes of the file while reading, rows while recording. */
  readonly done: number;
  readonly total: number;
}

export interface ImportOptions {
  /** Stop at the first bad row. Rows that cannot be read or translated are found before anything is recorded. */
  readonly strict?: boolean;
  /** Record corrections where the file says otherwise than what is on record. */
  readonly correct?: boolean;
  /** In whose name groups are established and the import is recorded. */
  readonly actor: Actor;
  /** For temporary files of logs that do not fit into memory. Default: the system's directory for such. */
  readonly workDirectory?: string;
  readonly rowsInMemory?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Called with every bad row as it is found; the report keeps the first thousand. */
  readonly onBad?: (bad: BadRow) => void;
  /** Called with what is used and yet worth knowing, such as a time that clocks showed twice. */
  readonly onNote?: (note: BadRow) => void;
  /** Called with every difference as it is found; the report keeps the first thousand. */
  readonly onDifference?: (difference: Difference) => void;
}

export interface ImportReport {
  readonly log: string;
  /** SHA-256 of the unpacked file; null when it was not read to its end. */
  readonly digest: string | null;
  readonly rows: number;
  /** Rows that the mapping leaves out (`only`). */
  readonly leftOut: number;
  readonly cases: number;
  readonly departments: number;
  readonly commands: number;
  /** Commands that had been recorded before. */
  readonly replayed: number;
  /** Events recorded for the cases: one for each command that was new. */
  readonly events: number;
  readonly differences: readonly Difference[];
  /** All differences from what is on record, and how many of them corrections were recorded for. */
  readonly differing: number;
  readonly corrected: number;
  /** Lines that were used and yet worth a word. */
  readonly noted: number;
  readonly bad: readonly BadRow[];
  readonly badRows: number;
  /** True when `strict` stopped the import at a bad row. */
  readonly stopped: boolean;
}
