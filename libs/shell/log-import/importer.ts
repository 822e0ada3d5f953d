import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import {
  type CommandMeta,
  systemMeta,
  canonicalJson,
  DeciderRunner,
  type EventStore,
  RuleViolation,
  defined,
} from '#libs/engine/event-sourcing';
import { EstablishDepartment } from '#libs/county/identity/http';
import { bodyReader } from '#libs/shell/nest';
import { CaseLanes } from './case-lanes.js';
import { type CaseListener, CaseRun } from './case-run.js';
import { type CaseRow, mappingsOfDates, readCaseRow, readDatedRows } from './case-row.js';
import { CaseTranslator, type TranslatedCommand } from './case-translator.js';
import {
  type Difference,
  type ImporterDependencies,
  type ImportOptions,
  type ImportReport,
} from './import-options.js';
import { type LogFile, openLogFile } from './log-file.js';
import { importStream, logImportDecider, type LogImportState } from './log-import.decider.js';
import { type BadRow, isBad, isNote, LogFormatError, type LogRecord } from './log-record.js';
import { columnsOf, type Mapping } from './mapping.js';
import { RowSorter } from './row-sorter.js';

/** Bad rows and differences that a report lists; all of them are reported. */
const TOLD_KEPT = 1000;
/** Commands under way at once: enough that appends of many cases share each commit. */
const COMMANDS_AT_ONCE = 256;
/** Rows after which it is asked whether the import rests: `ImporterDependencies.rest`. */
const ROWS_TO_ASK = 100;
/** More groups than any administration has: the mapping names the wrong column. */
const MOST_DEPARTMENTS = 5000;

const establishDepartment = bodyReader(EstablishDepartment);

interface CaseCommands {
  readonly project: string;
  readonly commands: readonly TranslatedCommand[];
}

/** Thrown inside to unwind at a bad row; never leaves this file. */
class StrictStop extends Error {}

/** The last completed import of a log. */
export async function lastImport(events: EventStore, log: string): Promise<LogImportState['last']> {
  const { state } = await new DeciderRunner(events, logImportDecider).load(importStream(log));
  return state.last;
}

/** SHA-256 of what a mapping says, whatever its comments and order. */
function mappingDigest(mapping: Mapping): string {
  return createHash('sha256')
    .update(canonicalJson(mapping) ?? '')
    .digest('hex');
}

export function openMappedLog(path: string, mapping: Mapping): Promise<LogFile> {
  const { format, encoding, delimiter, header } = mapping;
  return openLogFile(path, { format, encoding, delimiter, header, required: columnsOf(mapping) });
}

/**
 * Imports a log as commands, through the same path as live work. First the whole log is read and put in the order of cases
 * and times, then each case is replayed in the order of its times, many cases concurrently. Command ids are made of
 * the log's name and its row ids: a second import, or one that goes on after a crash, adds only what is missing.
 *
 * A row that cannot be used is reported and left out. When a case could not be opened, its rows are reported too.
 * @throws LogFormatError when the file is not a log of this mapping; StoreUnavailable when the store becomes unavailable: what was
 * recorded stays, and the same import again completes it
 */
export async function importLog(
  path: string,
  mapping: Mapping,
  dependencies: ImporterDependencies,
  options: ImportOptions,
): Promise<ImportReport> {
  return new Importer(mapping, dependencies, options).run(path);
}

class Importer {
  private readonly bad: BadRow[] = [];
  /** A line that is bad for two reasons is one bad row. */
  private readonly badLines = new Set<number>();
  private readonly differences: Difference[] = [];
  private differing = 0;
  private noted = 0;
  private corrected = 0;
  private rows = 0;
  private leftOut = 0;
  private cases = 0;
  private commands = 0;
  private replayed = 0;
  /** Rows that were done at the last rest. */
  private rested = 0;
  private readonly departments = new Set<string>();
  private readonly dated: readonly Mapping[];

  constructor(
    private readonly mapping: Mapping,
    private readonly dependencies: ImporterDependencies,
    private readonly options: ImportOptions,
  ) {
    this.dated = mappingsOfDates(mapping);
  }

  async run(path: string): Promise<ImportReport> {
    const directory = this.options.workDirectory ?? tmpdir();
    await mkdir(directory, { recursive: true });
    const { rowsInMemory } = this.options;
    const sorter = new RowSorter({ directory, ...defined({ rowsInMemory }) });
    const file = await openMappedLog(path, this.mapping);
    let stopped = false;
    try {
      await this.read(file, sorter);
      if (this.options.strict)
        for await (const _ of this.translated(sorter, () => undefined)) this.options.signal?.throwIfAborted();
      await this.begin(file.digest());
      await this.establishDepartments();
      await this.record(sorter);
      await this.complete(file.digest());
    } catch (error) {
      if (!(error instanceof StrictStop)) throw error;
      stopped = true;
    } finally {
      await sorter.close();
    }
    const { bad, badLines, rows, leftOut, cases, commands, replayed } = this;
    return {
      log: this.mapping.log,
      digest: stopped ? null : file.digest(),
      rows,
      leftOut,
      cases,
      departments: this.departments.size,
      commands,
      replayed,
      events: commands - replayed,
      differences: this.differences,
      differing: this.differing,
      noted: this.noted,
      corrected: this.corrected,
      bad,
      badRows: badLines.size,
      stopped,
    };
  }

  private readonly listener: CaseListener = {
    executed: (replayed) => {
      this.commands += 1;
      if (replayed) this.replayed += 1;
    },
    bad: (bad) => this.report(bad),
    difference: (difference) => {
      this.differing += 1;
      if (difference.corrected) this.corrected += 1;
      if (this.differences.length < TOLD_KEPT) this.differences.push(difference);
      this.options.onDifference?.(difference);
    },
  };

  private readonly note = (note: BadRow): void => {
    this.noted += 1;
    this.options.onNote?.(note);
  };

  private async read(file: LogFile, sorter: RowSorter): Promise<void> {
    for await (const line of file.lines()) {
      this.options.signal?.throwIfAborted();
      if (isNote(line)) {
        this.note({ line: line.line, reason: line.note });
        continue;
      }
      this.rows += 1;
      const rows = isBad(line) ? [line] : this.rowsOf(line);
      if (rows === null) this.leftOut += 1;
      for (const row of rows ?? []) {
        if (isBad(row)) this.report(row);
        else await this.add(row, sorter);
      }
      this.options.onProgress?.({ phase: 'reading', done: file.bytesRead(), total: file.bytes });
    }
  }

  /** The rows that a record says, of which there are several where it has several dates; null for one that is left out. */
  private rowsOf(record: LogRecord): readonly (CaseRow | BadRow)[] | null {
    const { mapping, dated, note } = this;
    const now = this.dependencies.now();
    if (dated.length > 0) return readDatedRows(mapping, dated, record, now, note);
    const row = readCaseRow(mapping, record, now, note);
    return row && [row];
  }

  private async add(row: CaseRow, sorter: RowSorter): Promise<void> {
    if (row.department !== null) this.departments.add(row.department);
    if (this.departments.size > MOST_DEPARTMENTS) {
      throw new LogFormatError(
        `more than ${MOST_DEPARTMENTS} departments: columns.department names the wrong column`,
      );
    }
    await sorter.add(row);
  }

  private async *translated(sorter: RowSorter, note: (note: BadRow) => void): AsyncGenerator<CaseCommands> {
    let project: string | undefined;
    let translator: CaseTranslator | undefined;
    const finish = (done: CaseTranslator) => {
      const { commands, notes } = done.finish();
      notes.forEach(note);
      return commands;
    };
    for await (const row of sorter.sorted()) {
      if (translator === undefined || project !== row.project) {
        if (translator && project !== undefined) yield { project, commands: finish(translator) };
        project = row.project;
        translator = new CaseTranslator(this.mapping, row, () => this.dependencies.now());
      }
      const { commands, bad } = translator.next(row);
      if (bad) this.report(bad);
      yield { project, commands };
    }
    if (translator && project !== undefined) yield { project, commands: finish(translator) };
  }

  private async record(sorter: RowSorter): Promise<void> {
    const lanes = new CaseLanes(COMMANDS_AT_ONCE);
    const total = this.rows - this.leftOut - this.badLines.size;
    let done = 0;
    let running: CaseRun | undefined;
    const ended = async (run: CaseRun | undefined): Promise<void> => {
      if (run) await lanes.add(run.project, () => run.end());
    };
    try {
      for await (const { project, commands } of this.translated(sorter, this.note)) {
        this.options.signal?.throwIfAborted();
        if (running?.project !== project) {
          await ended(running);
          running = new CaseRun(project, this.mapping, this.dependencies, this.options, this.listener);
          this.cases += 1;
        }
        const run = running;
        for (const row of commands) await lanes.add(project, () => run.take(row));
        done += 1;
        if (done % ROWS_TO_ASK === 0) await this.rest(lanes, done);
        this.options.onProgress?.({ phase: 'recording', done: Math.min(done, total), total });
      }
      await ended(running);
    } finally {
      await lanes.settle();
    }
    lanes.rethrow();
  }

  /** Between two rows, when everything that was begun is done. */
  private async rest(lanes: CaseLanes, done: number): Promise<void> {
    const { rest } = this.dependencies;
    if (rest === undefined || !rest.isDue(done - this.rested)) return;
    await lanes.settle();
    lanes.rethrow();
    await rest.take();
    this.rested = done;
  }

  /** The groups of the log are departments, named as the log names them; one that is known already stays as it is. */
  private async establishDepartments(): Promise<void> {
    for (const id of [...this.departments].sort()) {
      const command = establishDepartment({ name: id, region: this.mapping.project.region });
      command.id = id;
      command.meta = this.meta(`department/${id}`, this.dependencies.now());
      try {
        await this.dependencies.execute(command);
      } catch (error) {
        if (!(error instanceof RuleViolation && error.code === 'department.exists')) throw error;
      }
    }
  }

  private async begin(digest: string): Promise<void> {
    const now = this.dependencies.now();
    const { log } = this.mapping;
    const begun = { log, digest, mapping: mappingDigest(this.mapping) };
    const meta = this.meta(`begun/${digest}/${now}`, now);
    const runner = new DeciderRunner(this.dependencies.events, logImportDecider);
    if ((await runner.load(importStream(log))).state.last === null) return;
    await runner.run(importStream(log), { type: 'BeginImport', begun, meta });
  }

  private async complete(digest: string): Promise<void> {
    const now = this.dependencies.now();
    const recorded = this.commands - this.replayed;
    const mapping = mappingDigest(this.mapping);
    const { log } = this.mapping;
    await new DeciderRunner(this.dependencies.events, logImportDecider).run(importStream(log), {
      type: 'CompleteImport',
      completed: {
        log,
        digest,
        mapping,
        rows: this.rows,
        leftOut: this.leftOut,
        bad: this.badLines.size,
        cases: this.cases,
        commands: this.commands,
        recorded,
        ...(this.mapping.findings && { findings: true }),
      },
      meta: this.meta(`completed/${digest}/${now}`, now),
    });
  }

  private meta(what: string, now: string): CommandMeta {
    const log = `import/${this.mapping.log}`;
    return systemMeta({ commandId: `${log}/${what}`, correlationId: log, actor: this.options.actor, now });
  }

  private report(bad: BadRow): void {
    this.badLines.add(bad.line);
    if (this.bad.length < TOLD_KEPT) this.bad.push(bad);
    this.options.onBad?.(bad);
    if (this.options.strict) throw new StrictStop();
  }
}
