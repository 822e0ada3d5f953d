import { type DomainEvent } from '#libs/engine/event-sourcing';

/**
 * A log that was imported before is being imported again, with something else in the file or the mapping. The first import
 * of a log needs no such event: it is under way until there is an end.
 */
export type ImportBegun = DomainEvent<
  'ImportBegun',
  1,
  { readonly log: string; readonly digest: string; readonly mapping: string }
>;

/** A log was read to its end and all that it says was recorded. A later start sees from it that there is nothing to do. */
export type ImportCompleted = DomainEvent<
  'ImportCompleted',
  1,
  {
    readonly log: string;
    /** SHA-256 of the unpacked file, and of the mapping it was read with. */
    readonly digest: string;
    readonly mapping: string;
    /** Rows of the file, and those among them that the mapping leaves out. */
    readonly rows: number;
    readonly leftOut: number;
    readonly bad: number;
    readonly cases: number;
    /** Commands that the rows gave, and those among them that were new. */
    readonly commands: number;
    readonly recorded: number;
    /** True where supervision looks at what the log says; left out where it does not. */
    readonly findings?: true;
  }
>;

export type LogImportEvent = ImportBegun | ImportCompleted;
