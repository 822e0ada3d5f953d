import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { BlobSweep } from '#libs/shell/system';
import { filesWith } from '../support/files-with.js';
import { PDF } from '../support/multipart.js';
import { opsEnd, opsWith } from '../support/ops.js';
import { EMBEDDED, filesIn, filesOf, sha256Of } from './file-helpers.js';
import { TestServer } from './server.js';

describe('22 contents and the log', () => {
  test('22 what a killed process has left is not seen, and is removed when it is old', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'zhitong-orphans-'));
    const own = await TestServer.start({ directory, env: EMBEDDED });
    try {
      const { spool, uploads } = own.system;
      async function* content(): AsyncIterable<Buffer> {
        yield Buffer.from(PDF);
      }
      // As far as a process comes that is killed between content and event.
      const received = await spool.receive(content());
      await uploads.blobs.keep(received.file, received.sha256);
      expect(filesIn(directory).length).toBe(2);
      expect(await new BlobSweep(own.system).sweep()).toBe(0);
      const later = { ...own.system, clock: { now: () => own.system.clock.now() + 25 * 3_600_000 } };
      expect(await new BlobSweep(later).sweep()).toBe(2);
      expect(filesIn(directory)).toEqual([]);
    } finally {
      await own.remove();
    }
  });

  test('22 a backup has the contents, a restore puts them back, an export names them, and verify reads each', async () => {
    const place = mkdtempSync(join(tmpdir(), 'zhitong-contents-'));
    const [data, backup, restored] = ['data', 'backup', 'restored'].map((name) => join(place, name)) as [
      string,
      string,
      string,
    ];
    const server = await TestServer.start({ directory: data, env: EMBEDDED });
    const { submitted, handIn } = filesOf(() => server);
    try {
      await handIn(await submitted(), { name: '图.pdf', content: PDF });
      await server.caughtUp();
    } finally {
      await server.stop();
    }
    await opsWith({ DATA_DIR: data }, 'backup', backup);
    await opsWith({ DATA_DIR: restored }, 'restore', backup);
    const path = join('blobs', sha256Of(PDF).slice(0, 2), sha256Of(PDF));
    expect([backup, restored].map((folder) => filesWith('%PDF-1.4', join(folder, 'blobs')))).toEqual([
      [join(backup, path)],
      [join(restored, path)],
    ]);
    const exported = await opsWith({ DATA_DIR: restored }, 'export');
    expect([exported.includes(sha256Of(PDF)), exported.includes('%PDF')]).toEqual([true, false]);
    const whole = await opsEnd({ DATA_DIR: restored }, 'verify');
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining('files: 1 contents, 0 problems')]);
    writeFileSync(join(restored, path), PDF.replace('obj', 'OBJ'));
    const changed = await opsEnd({ DATA_DIR: restored }, 'verify');
    expect([changed.code, changed.stdout]).toEqual([1, expect.stringContaining('is not what was handed in')]);
    unlinkSync(join(restored, path));
    const missing = await opsEnd({ DATA_DIR: restored }, 'verify');
    expect([missing.code, missing.stdout]).toEqual([1, expect.stringContaining('is missing')]);
    rmSync(place, { recursive: true });
  });
});
