import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { opsOn } from '../support/ops.js';

const RECEIPT = 'data/mappings/receipt.yaml';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rebuild-e2e-'));
});
afterAll(() => rm(directory, { recursive: true }));

test('ops rebuilds read models, which verify then finds equal', async () => {
  const place = join(directory, 'rebuilt');
  const log = join(directory, 'beginning.csv');
  const rows = gunzipSync(await readFile('data/receipt.csv.gz'))
    .toString()
    .split('\n')
    .slice(0, 601);
  await writeFile(log, `${rows.join('\n')}\n`);
  expect(await opsOn(place, 'import', log, '--mapping', RECEIPT)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^receipt: 600 rows, .* 0 bad rows, 0 left out by the mapping\n$/),
  });
  const filled = (await opsOn(place, 'rebuild')).stdout.trimEnd().split('\n');
  expect(filled).toEqual(filled.map((line) => `${line.split(':')[0]}: nothing was projected yet`));
  const same = (await opsOn(place, 'rebuild', '--dry-run')).stdout.trimEnd().split('\n');
  expect(same).toEqual(filled.map((line) => `${line.split(':')[0]}: 0 documents differ from a rebuild`));
  const { code, stdout, stderr } = await opsOn(place, 'verify');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const last = /up to position (\d+)/.exec(stdout)?.[1];
  expect(stdout.trimEnd().split('\n').slice(1)).toEqual(
    filled.map((line) => `${line.split(':')[0]}, up to position ${last}: 0 differences from a rebuild`),
  );
  expect(await opsOn(place, 'rebuild', 'nothing')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^ops: no projection is named nothing; there are /),
  });
}, 180_000);
