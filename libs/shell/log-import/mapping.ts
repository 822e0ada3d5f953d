import { ACTS } from '#libs/county/approval';

/** Where a value comes from: a column, with a value to use when it is empty; or, without a column, always the same value. */
export type Source = { readonly column: string | null; readonly otherwise: string | null };

/** Commands that an activity may be mapped to: those whose fields a log's row can hold. */
export const MAPPED_COMMANDS: readonly MappedCommand[] = Object.values(ACTS).flatMap((row) =>
  row.inLogs ? [row.type] : [],
);
export type MappedCommand = {
  [Type in keyof typeof ACTS]: (typeof ACTS)[Type]['inLogs'] extends true ? Type : never;
}[keyof typeof ACTS];

/** What an activity is: the command, and its further fields (a reason, an article), each from a column or fixed. */
type ActivityRule = {
  readonly command: MappedCommand;
  readonly fields: { readonly [field: string]: Source };
};

/** A column that holds when one activity was done; who did it, where that is not the row's person or department. */
export type DateColumn = {
  readonly column: string;
  readonly activity: string;
  readonly person: Source | null;
  readonly department: Source | null;
};

/** Says what each column of a foreign log is. data/mappings/receipt.yaml explains every key. */
export interface Mapping {
  /** Name of the log, part of every command id: the same name again is the same log, and adds only what is new. */
  readonly log: string;
  readonly format: 'csv' | 'xes' | 'xlsx' | 'auto';
  readonly encoding: string | null;
  readonly delimiter: string;
  /** Line that names the columns; what is above it is not a row. */
  readonly header: number;
  /** For times without an offset. IANA name or `+08:00`. */
  readonly timeZone: string;
  /** How times are written; the first format that fits is taken. */
  readonly timeFormat: readonly string[];
  /** Which of the two is meant where the clocks of the zone show a time twice. */
  readonly doubledHour: 'first' | 'second';
  readonly columns: {
    readonly case: Source;
    readonly activity: Source;
    readonly time: Source;
    readonly row: Source | null;
    readonly department: Source | null;
    readonly person: Source;
    readonly start: Source | null;
    readonly end: Source | null;
    readonly plannedEnd: Source | null;
    readonly responsible: Source | null;
    /** When the step of the row was begun: the time before it was waiting. */
    readonly begun: Source | null;
    /** Which rows begin a step (`start`) and which complete one (`complete`), where each has a row of its own. */
    readonly lifecycle: Source | null;
    readonly channel: Source | null;
    readonly applicant: Source;
    readonly name: Source | null;
  };
  readonly project: {
    /** Process template that registers the project, and the matter of it that the log is about. */
    readonly template: string;
    readonly matter: string;
    /** 行政区划代码 (GB/T 2260) of the projects and of departments established for the log's groups. */
    readonly region: string;
    /** Put before the case id to make the project id. */
    readonly prefix: string;
  };
  /** How a case that has an end was closed. */
  readonly outcome: string;
  /** Rows that count: every column named must hold one of the values. Others are left out, and counted. */
  readonly only: { readonly [column: string]: readonly string[] };
  readonly activities: { readonly [activity: string]: ActivityRule };
  /** Columns that hold the time of one activity each: then a row of the file is a row for each of them that is filled. */
  readonly dates: readonly DateColumn[];
  /** The last row of a case is its end, where the log names none. */
  readonly lastRowIsEnd: boolean;
  /** Groups of the log that are departments of the county, under another name. */
  readonly departments: { readonly [group: string]: string };
  /** The file holds only rows that are new: what is on record and not in it does not count as a difference. */
  readonly increment: boolean;
  /** Supervision looks at what the log says too: signals are raised, and cases that stand still in it are flagged. */
  readonly findings: boolean;
}

/** A mapping that says too little, too much, or something that cannot be. */
export class MappingError extends Error {
  override readonly name = 'MappingError';

  constructor(
    readonly path: string,
    readonly problems: readonly { readonly line: number; readonly field: string; readonly reason: string }[],
  ) {
    super(problems.map(({ line, field, reason }) => `${path}:${line}: ${field}: ${reason}`).join('\n'));
  }
}

/** Names of the columns that a CSV header must have. */
export function columnsOf(mapping: Mapping): readonly string[] {
  const sources = [
    ...Object.values(mapping.columns),
    ...mapping.dates.flatMap(({ column, person, department }) => [
      { column, otherwise: null },
      ...[person, department],
    ]),
    ...Object.values(mapping.activities).flatMap((rule) => Object.values(rule.fields)),
  ];
  const named = sources.flatMap((source) => (source?.column ? [source.column] : []));
  return [...new Set([...named, ...Object.keys(mapping.only)])];
}
