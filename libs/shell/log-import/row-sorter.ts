import { by } from '#libs/engine/event-sourcing';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { type CaseRow } from './case-row.js';

export interface RowSorterOptions {
  /** Where temporary files may be made. They take about as much room as the log unpacked. */
  readonly directory: string;
  /** Rows kept in memory at once. Default 5,000. */
  readonly rowsInMemory?: number;
  /** Temporary files read side by side. Default 64. */
  readonly filesAtOnce?: number;
}

/** By case, then time, then place in the file. */
export const inCaseOrder = by<CaseRow>(
  ({ project }) => project,
  ({ at }) => at,
  ({ line }) => line,
);

type Rows = Iterable<CaseRow> | AsyncIterable<CaseRow>;

/** A sorted temporary file; level 0 came from memory, level n + 1 from files of level n. */
interface Run {
  readonly path: string;
  readonly level: number;
}

/**
 * Puts the rows of a log in the order of cases and times, whatever order the log has, in flat memory: an external merge
 * sort. A log that fits into memory never touches the disk. Sorting before the first command has two further uses:
 * all unreadable rows are known before anything is written, and each case is one run of rows.
 */
export class RowSorter {
  private rows: CaseRow[] = [];
  private runs: Run[] = [];
  private directory: string | null = null;
  private files = 0;
  private readonly rowsInMemory: number;
  private readonly filesAtOnce: number;

  constructor(private readonly options: RowSorterOptions) {
    this.rowsInMemory = options.rowsInMemory ?? 5_000;
    this.filesAtOnce = Math.max(2, options.filesAtOnce ?? 64);
  }

  async add(row: CaseRow): Promise<void> {
    this.rows.push(row);
    if (this.rows.length >= this.rowsInMemory) await this.spill();
  }

  /** All rows added, in order. May be asked for more than once. */
  async *sorted(): AsyncGenerator<CaseRow> {
    this.rows.sort(inCaseOrder);
    while (this.runs.length > this.filesAtOnce) await this.mergeRuns(this.runs.slice(0, this.filesAtOnce));
    yield* merge([...this.runs.map(({ path }) => readRun(path)), this.rows.values()]);
  }

  /** Removes the temporary files. */
  async close(): Promise<void> {
    this.rows = [];
    this.runs = [];
    if (this.directory !== null) await rm(this.directory, { recursive: true, force: true });
    this.directory = null;
  }

  /** The most rows and files that are held at once: what the flat memory rests on. */
  get held(): { readonly rows: number; readonly files: number } {
    return { rows: this.rows.length, files: this.runs.length };
  }

  private async spill(): Promise<void> {
    const rows = this.rows.sort(inCaseOrder);
    this.rows = [];
    this.runs.push({ path: await this.writeRun(rows), level: 0 });
    for (let level = 0; ; level += 1) {
      const alike = this.runs.filter((run) => run.level === level);
      if (alike.length < this.filesAtOnce) return;
      await this.mergeRuns(alike);
    }
  }

  private async mergeRuns(merged: readonly Run[]): Promise<void> {
    const path = await this.writeRun(merge(merged.map((run) => readRun(run.path))));
    const level = Math.max(...merged.map((run) => run.level)) + 1;
    this.runs = [...this.runs.filter((run) => !merged.includes(run)), { path, level }];
    await Promise.all(merged.map((run) => rm(run.path)));
  }

  private async writeRun(rows: Rows): Promise<string> {
    this.directory ??= await mkdtemp(join(this.options.directory, 'import-'));
    const path = join(this.directory, `${this.files++}.jsonl`);
    await pipeline(linesOf(rows), createWriteStream(path, { highWaterMark: 256 * 1024 }));
    return path;
  }
}

async function* linesOf(rows: Rows): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* readRun(path: string): AsyncGenerator<CaseRow> {
  const file = createReadStream(path);
  try {
    for await (const line of createInterface({ input: file, crlfDelay: Infinity }))
      yield JSON.parse(line) as CaseRow;
  } finally {
    file.destroy();
  }
}

async function* merge(
  sources: readonly (Iterator<CaseRow> | AsyncIterator<CaseRow>)[],
): AsyncGenerator<CaseRow> {
  const heads: { readonly source: Iterator<CaseRow> | AsyncIterator<CaseRow>; row: CaseRow }[] = [];
  try {
    for (const source of sources) {
      const first = await source.next();
      if (!first.done) heads.push({ source, row: first.value });
    }
    for (let least = leastOf(heads); least; least = leastOf(heads)) {
      yield least.row;
      const next = await least.source.next();
      if (next.done) heads.splice(heads.indexOf(least), 1);
      else least.row = next.value;
    }
  } finally {
    for (const source of sources) await source.return?.();
  }
}

function leastOf<Head extends { readonly row: CaseRow }>(heads: readonly Head[]): Head | undefined {
  let least = heads[0];
  for (const head of heads) if (least && inCaseOrder(head.row, least.row) < 0) least = head;
  return least;
}
