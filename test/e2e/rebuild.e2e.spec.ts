import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embedded } from '../support/engines.js';
import { opsOn, opsUnder } from '../support/ops.js';
import { beginningOfSample } from '../support/sample.js';

const RECEIPT = 'data/mappings/receipt.yaml';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rebuild-e2e-'));
});
afterAll(() => rm(directory, { recursive: true }));

test('ops rebuilds read models, which verify then finds equal', async () => {
  const place = join(directory, 'rebuilt');
  const log = await beginningOfSample(directory, 600);
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
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .slice(embedded.events ? 2 : 1),
  ).toEqual(
    filled.map((line) => `${line.split(':')[0]}, up to position ${last}: 0 differences from a rebuild`),
  );
  expect(await opsOn(place, 'rebuild', 'nothing')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^ops: there is no projection nothing; there are /),
  });
});

test('after a notice of holidays, ops prunes the read models of the calendar before, once the new ones are live', async () => {
  const place = join(directory, 'pruned');
  const log = await beginningOfSample(directory, 30);
  expect(await opsOn(place, 'import', log, '--mapping', RECEIPT)).toMatchObject({ code: 0 });
  expect(await opsOn(place, 'rebuild')).toMatchObject({ code: 0 });
  const nothing = { code: 0, stdout: '', stderr: '0 read models dropped\n' };
  expect(await opsOn(place, 'prune')).toEqual(nothing);

  const holidays = join(directory, 'holidays.yaml');
  await writeFile(holidays, "version: '2026.2'\ndays: []\n");
  const notice = { HOLIDAYS_FILE: holidays };
  expect(await opsUnder(notice, place, 'prune')).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^ops: not live yet: .*applications.* v\d+.*; start the server and prune after/,
    ),
  });
  expect(await opsUnder(notice, place, 'rebuild')).toMatchObject({ code: 0 });
  const listed = await opsUnder(notice, place, 'prune', '--dry-run');
  expect(listed).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^\d+ read models would be dropped\n$/),
  });
  const former = listed.stdout.trimEnd().split('\n');
  expect(former).toContainEqual(expect.stringMatching(/^applications(#0of3)?@\d+$/));
  expect(former).toContainEqual(expect.stringMatching(/^workload(#0of3)?@\d+$/));
  expect(await opsUnder(notice, place, 'prune')).toEqual({
    code: 0,
    stdout: listed.stdout,
    stderr: `${former.length} read models dropped\n`,
  });
  expect(await opsUnder(notice, place, 'prune')).toEqual(nothing);
  const verified = await opsUnder(notice, place, 'verify');
  expect(verified).toMatchObject({ code: 0, stdout: expect.not.stringMatching(/[1-9]\d* differences/) });
});
