import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Writes the heading and the first `rows` rows of the sample log into a folder; returns the file's path. */
export async function beginningOfSample(folder: string, rows: number): Promise<string> {
  const lines = gunzipSync(await readFile('data/receipt.csv.gz'))
    .toString()
    .split('\n');
  const file = join(folder, `first-${rows}.csv`);
  await writeFile(file, `${lines.slice(0, rows + 1).join('\n')}\n`);
  return file;
}
