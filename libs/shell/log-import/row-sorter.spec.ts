import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CaseRow } from './case-row.js';
import { inCaseOrder, RowSorter } from './row-sorter.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'row-sorter-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Rows of cases that lie interleaved, times in no order. */
function rows(count: number): CaseRow[] {
  return Array.from({ length: count }, (_, index) => {
    const project = `case-${(index * 7919) % 53}`;
    const at = new Date(Date.UTC(2024, 0, 1) + ((index * 104_729) % 997) * 60_000).toISOString();
    return {
      line: index + 2,
      case: project,
      project,
      row: null,
      activity: `步骤 ${index}`,
      at,
      begun: null,
      begins: false,
      department: null,
      person: 'Li',
      start: null,
      end: null,
      plannedEnd: null,
      responsible: null,
      channel: null,
      applicant: 'applicant',
      name: null,
      fields: {},
    };
  });
}

async function all(sorter: RowSorter): Promise<CaseRow[]> {
  const sorted: CaseRow[] = [];
  for await (const row of sorter.sorted()) sorted.push(row);
  return sorted;
}

describe('RowSorter', () => {
  test('sorts what fits into memory without touching the disk', async () => {
    const sorter = new RowSorter({ directory });
    const given = rows(1000);
    for (const row of given) await sorter.add(row);
    expect(await all(sorter)).toEqual([...given].sort(inCaseOrder));
    expect(await readdir(directory)).toEqual([]);
  });

  test('sorts a log many times its memory, holding few rows and few files at any moment', async () => {
    const sorter = new RowSorter({ directory, rowsInMemory: 50, filesAtOnce: 4 });
    const given = rows(20_000);
    const most = { rows: 0, files: 0 };
    for (const row of given) {
      await sorter.add(row);
      most.rows = Math.max(most.rows, sorter.held.rows);
      most.files = Math.max(most.files, sorter.held.files);
    }
    // Files merged four by four, as digits are carried to the base four: 255 of them, 3333, are held as twelve.
    expect(most).toEqual({ rows: 49, files: 12 });
    const expected = [...given].sort(inCaseOrder);
    expect(await all(sorter)).toEqual(expected);
    expect(await all(sorter)).toEqual(expected);
    await sorter.close();
    expect(await readdir(directory)).toEqual([]);
  });

  test('closes its files when the consumer stops early', async () => {
    const sorter = new RowSorter({ directory, rowsInMemory: 10, filesAtOnce: 4 });
    for (const row of rows(100)) await sorter.add(row);
    for await (const _ of sorter.sorted()) break;
    await sorter.close();
    expect(await readdir(directory)).toEqual([]);
  });

  test('an empty log gives no rows', async () => {
    expect(await all(new RowSorter({ directory }))).toEqual([]);
  });
});
