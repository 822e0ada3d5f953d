import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { bodyReader, InvalidInput } from '#libs/shell/nest';
import { problemsIn } from '#libs/shell/settings';
import { messageOf } from './log-record.js';
import { DatedFile, encodingOf, RowsFile, type SourceBody } from './mapping-file.js';
import { MappingPlaces, offsetOf } from './mapping-places.js';
import { type DateColumn, type Mapping, MappingError, type Source } from './mapping.js';
import { ISO } from './time-format.js';

/** @throws MappingError */
export async function loadMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new MappingError(path, [{ line: 1, field: '(file)', reason: messageOf(error) }]);
  });
  return parseMapping(text, path);
}

const readRows = bodyReader(RowsFile);
const readDated = bodyReader(DatedFile);

/** All problems are reported together, in the order of their lines. @throws MappingError */
export function parseMapping(text: string, path: string): Mapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problem = (offset: number, field: string, reason: string) => ({
    ...{ line: lines.linePos(offset).line, field, reason },
  });
  if (document.errors.length > 0) {
    const broken = document.errors.map(({ pos, message }) =>
      problem(pos[0], '(yaml)', message.split('\n', 1)[0] ?? ''),
    );
    throw new MappingError(path, broken);
  }
  const places = new MappingPlaces(contentOf(() => document.toJS() as unknown, path));
  const { content } = places;
  try {
    return mappingOf(hasDates(content) ? readDated(content) : readRows(content));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const problems = problemsIn(error, content).map(({ field, reason }) => {
      const place = places.placeOf(field);
      return problem(offsetOf(document.contents, place), place.join('.') || '(mapping)', reason);
    });
    throw new MappingError(
      path,
      problems.sort((one, other) => one.line - other.line),
    );
  }
}

/** An alias that names nothing, or too many of them, shows only when the document is turned into data. */
function contentOf(read: () => unknown, path: string): unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new MappingError(path, [{ line: 1, field: '(yaml)', reason: error.message }]);
  }
}

function hasDates(content: unknown): boolean {
  const dates = (content as { readonly dates?: unknown } | null)?.dates;
  return Array.isArray(dates) && dates.length > 0;
}

function mappingOf(file: RowsFile | DatedFile): Mapping {
  const { columns, project } = file;
  return {
    log: file.log,
    format: file.format ?? 'auto',
    header: file.header ?? 1,
    encoding: typeof file.encoding === 'string' ? encodingOf(file.encoding) : null,
    delimiter: file.delimiter ?? ',',
    timeZone: file.timeZone ?? 'Asia/Shanghai',
    timeFormat: file.timeFormat ?? [ISO],
    doubledHour: file.doubledHour ?? 'first',
    columns: {
      case: sourceOf(columns.case) ?? NOWHERE,
      activity: sourceOf(columns.activity) ?? NOWHERE,
      time: sourceOf(columns.time) ?? NOWHERE,
      row: sourceOf(columns.row),
      department: sourceOf(columns.department),
      person: sourceOf(columns.person) ?? NOWHERE,
      start: sourceOf(columns.start),
      end: sourceOf(columns.end),
      plannedEnd: sourceOf(columns.plannedEnd),
      responsible: sourceOf(columns.responsible),
      begun: sourceOf(columns.begun),
      lifecycle: sourceOf(columns.lifecycle),
      channel: sourceOf(columns.channel),
      applicant: sourceOf(columns.applicant) ?? { column: null, otherwise: 'applicant' },
      name: sourceOf(columns.name),
    },
    project: {
      template: project.template,
      matter: project.matter,
      region: project.region,
      prefix: project.prefix ?? '',
    },
    outcome: file.outcome ?? 'completed',
    only: byKey(file.only, (values) => values),
    activities: byKey(file.activities, ({ command, fields }) => ({
      command,
      fields: byKey(fields, (source) => sourceOf(source) ?? NOWHERE),
    })),
    dates: (file.dates ?? []).map(({ key: column, value: { activity, person, department } }): DateColumn => ({
      ...{ column, activity, person: sourceOf(person), department: sourceOf(department) },
    })),
    lastRowIsEnd: file.lastRowIsEnd ?? false,
    departments: byKey(file.departments, (department) => department),
    increment: file.increment ?? false,
    findings: file.findings ?? false,
  };
}

/** Of a column that `dates` take the place of. */
const NOWHERE: Source = { column: null, otherwise: null };

function sourceOf(given: SourceBody | null | undefined): Source | null {
  if (!given) return null;
  return { column: given.column ?? null, otherwise: given.value ?? given.otherwise ?? null };
}

function byKey<Given, Made>(
  entries: readonly { readonly key: string; readonly value: Given }[] | null | undefined,
  made: (value: Given) => Made,
): { readonly [key: string]: Made } {
  return Object.fromEntries((entries ?? []).map(({ key, value }) => [key, made(value)]));
}
