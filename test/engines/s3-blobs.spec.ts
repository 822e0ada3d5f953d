import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BlobMissing, type BlobStore, blobAddressOf, S3Blobs, Spool, sweep } from '#libs/engine/blobs';
import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { until } from '#libs/engine/event-sourcing-testing';
import { freePort } from './ferretdb.js';
import { skipUnlessRequired } from './required.js';

/** A server that speaks S3: moto's, where Python has it (MOTO_SERVER or on the PATH). */
const program = process.env['MOTO_SERVER'] ?? 'moto_server';
const hasServer = spawnSync(program, ['--help'], { stdio: 'ignore' }).status === 0;

const TEXT = '总平面图';
const SHA256 = createHash('sha256').update(TEXT).digest('hex');
const HOUR_MS = 3_600_000;

if (hasServer) {
  describe('22 contents in a bucket', () => {
    let server: ChildProcess;
    let place: string;
    let url: string;
    let blobs: BlobStore;
    beforeAll(async () => {
      place = mkdtempSync(join(tmpdir(), 'zhitong-s3-'));
      const port = await freePort();
      server = spawn(program, ['-H', '127.0.0.1', '-p', `${port}`], { stdio: 'ignore' });
      const endpoint = `http://127.0.0.1:${port}`;
      await until('the server answers', () =>
        fetch(endpoint).then(
          () => true,
          () => false,
        ),
      );
      const client = new S3Client({
        endpoint,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
      });
      await client.send(new CreateBucketCommand({ Bucket: 'county-files' }));
      client.destroy();
      url = `http://key:secret@127.0.0.1:${port}/county-files/zhitong`;
      blobs = opened(url);
      writeFileSync(join(place, 'content'), TEXT);
    });
    afterAll(async () => {
      server.kill();
      if (server.exitCode === null) await once(server, 'exit');
      rmSync(place, { recursive: true });
    });

    function opened(address: string): S3Blobs {
      const read = blobAddressOf(address);
      if (read === null) throw new Error(address);
      return new S3Blobs(read);
    }

    test('22 a content is kept under its digest, found, and read whole and in part', async () => {
      expect(await blobs.find(SHA256)).toBeNull();
      await expect(blobs.read(SHA256)).rejects.toThrow(BlobMissing);
      await blobs.keep(join(place, 'content'), SHA256);
      await blobs.keep(join(place, 'content'), SHA256);
      expect(await blobs.find(SHA256)).toEqual({ sha256: SHA256, bytes: 12, keptAt: expect.any(Number) });
      expect((await buffer(await blobs.read(SHA256))).toString()).toBe(TEXT);
      expect((await buffer(await blobs.read(SHA256, { first: 3, last: 5 }))).toString()).toBe('平');
    });

    test('22 what no event names is removed once it is old, and nothing else', async () => {
      const named = createHash('sha256').update('named').digest('hex');
      writeFileSync(join(place, 'named'), 'named');
      await blobs.keep(join(place, 'named'), named);
      const spool = new Spool(join(place, 'uploads'));
      const isNamed = async (sha256: string) => sha256 === named;
      expect(await sweep({ blobs, spool, isNamed, before: Date.now() - HOUR_MS })).toBe(0);
      expect(await sweep({ blobs, spool, isNamed, before: Date.now() + HOUR_MS })).toBe(1);
      const left: string[] = [];
      for await (const { sha256 } of blobs.all()) left.push(sha256);
      expect(left).toEqual([named]);
    });

    test('22 a bucket that is not there, and a server that is away, are said as that', async () => {
      const other = opened(url.replace('county-files', 'no-such-bucket'));
      await expect(other.keep(join(place, 'content'), SHA256)).rejects.toThrow(StoreUnavailable);
      const away = opened(`http://key:secret@127.0.0.1:${await freePort()}/county-files`);
      await expect(away.find(SHA256)).rejects.toThrow(StoreUnavailable);
    });
  });
} else {
  skipUnlessRequired(
    's3',
    '22 contents in a bucket',
    'moto_server is not on the PATH: pip install "moto[server,s3]"',
  );
}
