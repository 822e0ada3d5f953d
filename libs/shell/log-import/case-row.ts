import { NAME_RULE, readText } from '#libs/shell/nest';
import { type BadRow, type LogRecord } from './log-record.js';
import { InvalidTime, parseLogTime } from './log-time.js';
import { type Mapping, type Source } from './mapping.js';
import { projectIdOf } from './project-id.js';

/** One row of a log as the mapping reads it: plain JSON, so that it can wait in a temporary file. */
export type CaseRow = {
  readonly line: number;
  /** Case id as the log has it, and the project id made of it. */
  readonly case: string;
  readonly project: string;
  /** Row id of the log; null where it has none. */
  readonly row: string | null;
  readonly activity: string;
  /** ISO instant, UTC, milliseconds; so are start, end and plannedEnd. */
  readonly at: string;
  /** When the step was begun; null where the log does not say it. */
  readonly begun: string | null;
  /** True for a row that says that its step was begun, and not that it was done. */
  readonly begins: boolean;
  readonly department: string | null;
  readonly person: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly plannedEnd: string | null;
  readonly responsible: string | null;
  readonly channel: string | null;
  readonly applicant: string;
  readonly name: string | null;
  /** Further fields of the command that the activity is mapped to. */
  readonly fields: { readonly [field: string]: string };
};

/** Longest value that any command takes; a longer one is a sign of a broken row, and would fill the memory. */
const LONGEST = 4000;

class Unusable extends Error {}

/** The mapping of each column of dates, as if the file had a row for each of them. */
export function mappingsOfDates(mapping: Mapping): readonly Mapping[] {
  return mapping.dates.map(({ column, activity, person, department }) => ({
    ...mapping,
    columns: {
      ...mapping.columns,
      activity: { column: null, otherwise: activity },
      time: { column, otherwise: null },
      person: person ?? mapping.columns.person,
      department: department ?? mapping.columns.department,
    },
  }));
}

/** Reads a record in which each filled column of dates is a row: the rows, and reasons why dates are none. */
export function readDatedRows(
  mapping: Mapping,
  mappings: readonly Mapping[],
  record: LogRecord,
  ...more: readonly [now: string, note?: (note: BadRow) => void]
): readonly (CaseRow | BadRow)[] | null {
  if (isLeftOut(mapping, record)) return null;
  const filled = mappings.filter(({ columns }) => valueOf(columns.time, record.values) !== null);
  const rows = filled.map((one) => readCaseRow(one, record, ...more));
  if (filled.length === 0) {
    const names = mapping.dates.map(({ column }) => `"${column}"`).join(', ');
    return [{ line: record.line, reason: `no time (columns ${names} are empty)` }];
  }
  return rows.flatMap((row) => {
    if (row === null || 'reason' in row) return row ?? [];
    return { ...row, row: row.row === null ? null : `${row.row}/${row.activity}` };
  });
}

const isLeftOut = ({ only }: Mapping, { values }: LogRecord): boolean =>
  Object.entries(only).some(([column, wanted]) => !wanted.includes(values.get(column) ?? ''));

/**
 * Reads a record of the log: a row, or the reason why it is not one, or null for a record that the mapping leaves out.
 * @param now the server's time: nothing in a log happened later
 * @param note is called with what is used and yet worth knowing
 */
export function readCaseRow(
  mapping: Mapping,
  record: LogRecord,
  now: string,
  note: (note: BadRow) => void = () => undefined,
): CaseRow | BadRow | null {
  const { columns } = mapping;
  const { line, values } = record;
  if (isLeftOut(mapping, record)) return null;
  const text = (source: Source | null, field: string): string | null => {
    const value = valueOf(source, values);
    if (value !== null && value.length > LONGEST)
      throw new Unusable(`${field} is longer than ${LONGEST} characters`);
    return value;
  };
  /** For names that go into ids, streams and reports. */
  const name = (source: Source | null, field: string): string | null => {
    const value = text(source, field);
    if (value === null) return null;
    // A cell of a spreadsheet may be written in several lines.
    const oneLine = value.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim();
    const { fault } = readText(oneLine, NAME_RULE);
    if (fault !== null) throw new Unusable(`${field} ${fault.reason}`);
    return oneLine;
  };
  const needed = (value: string | null, source: Source, field: string): string => {
    if (value === null)
      throw new Unusable(`no ${field} (column "${source.column ?? ''}" is empty or absent)`);
    return value;
  };
  const time = (source: Source | null, field: string): string | null => {
    const value = text(source, field);
    if (value === null) return null;
    try {
      const { timeZone, timeFormat: formats, doubledHour } = mapping;
      const onDoubled = (): void =>
        note({
          line,
          reason: `${field}: "${value}" is shown twice by the clocks of ${timeZone}; the ${doubledHour} is taken`,
        });
      return parseLogTime(value, timeZone, { formats, doubledHour, onDoubled });
    } catch (error) {
      if (error instanceof InvalidTime) throw new Unusable(`${field}: ${error.message}`);
      throw error;
    }
  };
  const past = (source: Source | null, field: string): string | null => {
    const at = time(source, field);
    if (at !== null && at > now) throw new Unusable(`${field}: ${at} lies in the future`);
    return at;
  };
  const begunAt = (at: string): string | null => {
    const begun = past(columns.begun, 'begun');
    if (begun !== null && begun > at) throw new Unusable(`begun: ${begun} lies after the time ${at}`);
    return begun;
  };
  const departmentOf = (group: string | null): string | null =>
    group !== null && Object.hasOwn(mapping.departments, group)
      ? (mapping.departments[group] ?? group)
      : group;
  try {
    const id = needed(name(columns.case, 'case'), columns.case, 'case');
    const activity = needed(name(columns.activity, 'activity'), columns.activity, 'activity');
    const rule = Object.entries(mapping.activities[activity]?.fields ?? {});
    const lifecycle = text(columns.lifecycle, 'lifecycle')?.toLowerCase() ?? 'complete';
    if (lifecycle !== 'start' && lifecycle !== 'complete') {
      note({ line, reason: `lifecycle: "${lifecycle}" neither begins nor completes a step: passed over` });
      return null;
    }
    const at = needed(past(columns.time, 'time'), columns.time, 'time');
    return {
      line,
      case: id,
      project: projectIdOf(mapping.project, id),
      row: name(columns.row, 'row'),
      activity,
      at,
      begun: begunAt(at),
      begins: lifecycle === 'start',
      department: departmentOf(name(columns.department, 'department')),
      person: needed(name(columns.person, 'person'), columns.person, 'person'),
      start: past(columns.start, 'start'),
      end: past(columns.end, 'end'),
      plannedEnd: time(columns.plannedEnd, 'plannedEnd'),
      responsible: name(columns.responsible, 'responsible'),
      channel: name(columns.channel, 'channel'),
      applicant: needed(name(columns.applicant, 'applicant'), columns.applicant, 'applicant'),
      name: name(columns.name, 'name'),
      fields: Object.fromEntries(
        rule.flatMap(([field, source]) => {
          const value = text(source, field);
          return value === null ? [] : [[field, value]];
        }),
      ),
    };
  } catch (error) {
    if (error instanceof Unusable) return { line, reason: error.message };
    throw error;
  }
}

function valueOf(source: Source | null, values: ReadonlyMap<string, string>): string | null {
  if (source === null) return null;
  const value = source.column === null ? '' : (values.get(source.column) ?? '').trim();
  return value === '' ? source.otherwise : value;
}
