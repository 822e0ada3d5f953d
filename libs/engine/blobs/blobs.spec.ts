import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StoreFull } from '#libs/engine/event-sourcing';
import { blobAddressOf, DiskBlobs, Spool, sweep } from './index.js';

const TEXT = '总平面图';
const SHA256 = createHash('sha256').update(TEXT).digest('hex');
const OLD = new Date('2026-11-01T00:00:00Z');

let place: string;
let blobs: DiskBlobs;
let spool: Spool;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'zhitong-blobs-'));
  blobs = new DiskBlobs(join(place, 'blobs'));
  spool = new Spool(join(place, 'uploads'));
});
afterEach(() => rmSync(place, { recursive: true }));

async function* pieces(...texts: readonly string[]): AsyncIterable<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.startsWith(folder) && statSync(join(place, path)).isFile())
    .sort();

async function kept(): Promise<void> {
  const received = await spool.receive(pieces(TEXT));
  await blobs.keep(received.file, received.sha256);
  await received.discard();
}

describe('22 contents on disk', () => {
  test('22 what came in piece by piece is kept whole, under its digest, and no other file is left', async () => {
    const received = await spool.receive(pieces('总平', '面图'));
    expect([received.sha256, received.bytes]).toEqual([SHA256, 12]);
    expect(await blobs.find(SHA256)).toBeNull();
    await blobs.keep(received.file, received.sha256);
    await received.discard();
    expect(filesIn('')).toEqual([`blobs/${SHA256.slice(0, 2)}/${SHA256}`]);
    expect((await buffer(await blobs.read(SHA256))).toString()).toBe(TEXT);
    expect(statSync(join(place, 'blobs', SHA256.slice(0, 2), SHA256)).mode & 0o777).toBe(0o600);
  });

  test('22 a part of a content is read by its first and last byte', async () => {
    await kept();
    expect((await buffer(await blobs.read(SHA256, { first: 3, last: 5 }))).toString()).toBe('平');
  });

  test('22 the same content again is there once, and a damaged one is made good by it', async () => {
    await kept();
    const path = join(place, 'blobs', SHA256.slice(0, 2), SHA256);
    writeFileSync(path, 'damaged');
    await kept();
    expect(readFileSync(path, 'utf8')).toBe(TEXT);
    expect(filesIn('').length).toBe(1);
  });

  test('22 a content that is cut off leaves nothing', async () => {
    async function* cut(): AsyncIterable<Buffer> {
      yield Buffer.from('half');
      throw new Error('the connection is gone');
    }
    await expect(spool.receive(cut())).rejects.toThrow('the connection is gone');
    expect(filesIn('')).toEqual([]);
  });

  test('22 a disk that fills on the way refuses, and nothing is left', async () => {
    let room = 1;
    const small = new Spool(join(place, 'uploads'), {
      mustHaveRoom: () => {
        if (room-- < 0) throw new StoreFull('files', 'no room');
      },
    });
    const large = 'x'.repeat(9 << 20);
    await expect(small.receive(pieces('x', large))).rejects.toThrow(StoreFull);
    expect(filesIn('')).toEqual([]);
  });

  test('22 what no event names is removed once it is old, and nothing else', async () => {
    await kept();
    const other = await spool.receive(pieces('named'));
    await blobs.keep(other.file, other.sha256);
    await other.discard();
    writeFileSync(join(place, 'uploads', 'left-by-a-killed-process'), 'half');
    const sweepAll = (before: number) =>
      sweep({ blobs, spool, before, isNamed: async (sha256) => sha256 === other.sha256 });
    expect(await sweepAll(OLD.getTime())).toBe(0);
    for (const path of filesIn('')) utimesSync(join(place, path), OLD, OLD);
    expect(await sweepAll(OLD.getTime() + 1)).toBe(2);
    expect(filesIn('')).toEqual([`blobs/${other.sha256.slice(0, 2)}/${other.sha256}`]);
  });

  test('22 what is kept again while it is swept stays', async () => {
    await kept();
    expect(await blobs.removeOlder(SHA256, OLD.getTime())).toBe(false);
    expect(await blobs.find(SHA256)).not.toBeNull();
  });
});

describe('22 the address of an object store', () => {
  test.each([
    [
      's3://county-files/zhitong?region=cn-north-1',
      { bucket: 'county-files', prefix: 'zhitong', endpoint: null, region: 'cn-north-1', credentials: null },
    ],
    [
      'http://key:se%2Fcret@10.0.3.7:9000/files',
      {
        bucket: 'files',
        prefix: '',
        endpoint: 'http://10.0.3.7:9000',
        region: 'us-east-1',
        credentials: { accessKeyId: 'key', secretAccessKey: 'se/cret' },
      },
    ],
    ['http://10.0.3.7:9000', null],
    ['ftp://10.0.3.7/files', null],
    ['files', null],
    ['s3://A', null],
  ])('%s', (text, address) => {
    expect(blobAddressOf(text)).toEqual(address);
  });
});
