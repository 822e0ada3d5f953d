import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const run = promisify(execFile);
const root = new URL('../..', import.meta.url).pathname;

/** The limit, pages of mapped files included. */
const MOST_BYTES = 300 * 1024 * 1024;
/** Between an import and one of four times its rows. What each row left behind was 2 KB once: 72 MB here. */
const MOST_GROWTH_BYTES = 60e6;
const ROWS_OF_A_CASE = 6;

const MAPPING = `
log: rows
format: csv
timeZone: Asia/Shanghai
columns: { case: case, activity: act, time: time, row: id, department: dept, person: who }
project: { template: receipt, matter: RC-01, region: '210521', prefix: e- }
`;

/** At its end the process says what it held at most. */
const TELL = `process.on('exit', () => process.stderr.write('held ' + process.resourceUsage().maxRSS + '\\n'))`;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zhitong-import-memory-'));
  await writeFile(join(directory, 'mapping.yaml'), MAPPING);
});
afterAll(() => rm(directory, { recursive: true }));

/** Rows of many cases at once, by time, as systems write them: none of the cases lies together. */
function rowsOf(cases: number): string {
  const lines = ['case,act,time,id,dept,who'];
  for (let row = 0; row < ROWS_OF_A_CASE; row++) {
    for (let one = 0; one < cases; one++) {
      const at = new Date(Date.UTC(2020, 0, 6, 1) + (row * cases + one) * 60_000).toISOString();
      lines.push(`case-${one},step ${row},${at},${one}-${row},group ${one % 5},person ${(one + row) % 40}`);
    }
  }
  return lines.join('\n');
}

/** The most bytes that an import of so many cases holds. */
async function held(cases: number): Promise<number> {
  const file = join(directory, `${cases}.csv`);
  await writeFile(file, rowsOf(cases));
  const main = join(root, 'dist/apps/ops/main.js');
  const place = join(directory, `data-${cases}`);
  // As `npm run ops` starts it.
  const node = [
    '--max-semi-space-size=2',
    '--enable-source-maps',
    '--import',
    `data:text/javascript,${encodeURIComponent(TELL)}`,
  ];
  const { stdout, stderr } = await run(
    process.execPath,
    [...node, main, 'import', file, '--mapping', join(directory, 'mapping.yaml'), '--data-dir', place],
    { cwd: root, env: { PATH: process.env['PATH'] }, maxBuffer: 64e6 },
  );
  expect(stdout).toContain(`${cases * ROWS_OF_A_CASE} rows, ${cases} cases`);
  await rm(place, { recursive: true });
  return Number(/^held (\d+)$/m.exec(stderr)?.[1]) * 1024;
}

test('F10 the memory of an import stays below 300 MB and does not grow with the log', async () => {
  const [small, large] = [await held(2_000), await held(8_000)];
  expect(small).toBeLessThan(MOST_BYTES);
  expect(large).toBeLessThan(MOST_BYTES);
  expect(large - small).toBeLessThan(MOST_GROWTH_BYTES);
});
