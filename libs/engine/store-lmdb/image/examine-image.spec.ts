import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openLmdbEventStore } from '../lmdb-event-store.js';
import { openLmdbReadStore } from '../open-read-store.js';
import { sampleEvent } from '../testing/sample-event.js';
import { openEnvironment } from '../environment.js';
import { examineImage, type ImageKind } from './examine-image.js';
import { ImageFile } from './image-file.js';
import { KINDS } from './kinds.js';

// The format is that of mdb.c in the npm package lmdb; offsets and numbers below are taken from there.

const folder = mkdtempSync(join(tmpdir(), 'zhitong-image-'));
const copy = join(folder, 'copy.mdb');
const events = join(folder, 'events', 'data.mdb');
const models = join(folder, 'read-models', 'data.mdb');
const PAGE = 4096;

beforeAll(async () => {
  const store = await openLmdbEventStore(folder);
  for (let n = 0; n < 40; n += 1) {
    const text = 'x'.repeat(n % 4 === 0 ? 20_000 : 300);
    await store.append(`stream-${n}`, null, [{ ...sampleEvent(`e-${n}`), data: { text } }]);
  }
  await store.close();
  const readStore = await openLmdbReadStore(folder);
  await readStore.define([{ name: 'list@1', indexes: { all: { equals: [], range: 'n' } } }]);
  for (let round = 0; round < 10; round += 1) {
    const writes = Array.from({ length: 100 }, (_, n) => ({
      model: 'list@1',
      document: { id: `id-${n}`, n: round * n, text: 'y'.repeat(n * 40) },
      seen: BigInt(round),
    }));
    await readStore.save('list', writes, { position: BigInt(round), recordedAt: null });
  }
  await readStore.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The result for a copy of which some bytes were changed. */
function said(file: string, kind: ImageKind, change: (path: string, bytes: Buffer) => void): string | null {
  copyFileSync(file, copy);
  change(copy, readFileSync(copy));
  try {
    examineImage(copy, kind);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `${error.name}: ${error.message}`;
  }
}

function put(path: string, offset: number, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
}

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};

/** Page of the newest meta and what it names. */
function newest(bytes: Buffer) {
  const transaction = [0, 1].map((page) => bytes.readBigUInt64LE(page * PAGE + 24 + 128));
  const page = (transaction[1] ?? 0n) > (transaction[0] ?? 0n) ? 1 : 0;
  const at = page * PAGE + 24;
  return {
    page,
    transaction: Number(transaction[page]),
    lastPage: Number(bytes.readBigUInt64LE(at + 120)),
    main: Number(bytes.readBigUInt64LE(at + 112)),
    free: Number(bytes.readBigUInt64LE(at + 64)),
  };
}

const ofEvents = (change: (path: string, bytes: Buffer) => void) => said(events, KINDS.events, change);

describe('K4 a data file of LMDB', () => {
  test('K4 that is whole is found whole, that of the read models too', () => {
    expect(ofEvents(() => undefined)).toBeNull();
    expect(said(models, KINDS['read-models'], () => undefined)).toBeNull();
  });

  test('K4 is reported when its meta pages are not what they must be', () => {
    expect(ofEvents((path) => put(path, 24, Buffer.from([0])))).toBe(
      'Damage: page 0 does not begin a file of LMDB: its magic number is another',
    );
    expect(ofEvents((path) => put(path, PAGE + 28, Buffer.from([9])))).toBe(
      'Damage: page 1 is of another version of LMDB',
    );
    expect(ofEvents((path) => put(path, 48, u16(1000)))).toBe(
      'Damage: page 0 says that pages have 1000 bytes',
    );
    expect(ofEvents((path) => put(path, PAGE + 18, u16(2)))).toBe(
      'Damage: page 1 is not a meta page but of kind 2',
    );
  });

  test('K4 is reported when the number of the last transaction is changed, which would hide what was stored last', () => {
    const { page, transaction } = newest(readFileSync(events));
    // Two less is the parity of the page, and a neighbour of the other's number.
    expect(ofEvents((path) => put(path, page * PAGE + 152, u64(BigInt(transaction - 2))))).toMatch(
      /^Damage: page \d+ (is of transaction|says that transaction)/,
    );
    expect(ofEvents((path) => put(path, page * PAGE + 152, u64(BigInt(transaction + 2))))).toBe(
      `Damage: page ${page} is of transaction ${transaction + 2}, its root page ${newest(readFileSync(events)).main} of ${transaction}`,
    );
  });

  test('K4 is reported when it is cut off, anywhere', () => {
    const { length } = readFileSync(events);
    expect(ofEvents((path) => truncateSync(path, 0))).toBe(
      'Damage: the file has 0 bytes, fewer than its two meta pages',
    );
    expect(ofEvents((path) => truncateSync(path, PAGE))).toMatch(/^Damage: the file has 4096 bytes, fewer/);
    for (let part = 1; part < 20; part += 1) {
      expect(ofEvents((path) => truncateSync(path, Math.floor((length * part) / 20)))).toMatch(/^Damage: /);
    }
  });

  test('K4 is reported when a used page is all zeros', () => {
    const { main, free } = newest(readFileSync(events));
    for (const page of [main, free]) {
      expect(ofEvents((path) => put(path, page * PAGE, Buffer.alloc(PAGE)))).toMatch(
        page === main
          ? /^Damage: page \d+ is of transaction \d+, its root page \d+ of 0$/
          : `Damage: page ${page} is of kind 0 where a leaf is due`,
      );
    }
  });

  test('K4 is reported when a page has the number of another, or of a later transaction', () => {
    const { free, transaction } = newest(readFileSync(events));
    expect(ofEvents((path) => put(path, free * PAGE, u64(5n)))).toBe(
      `Damage: page ${free} says that it is page 5`,
    );
    expect(ofEvents((path) => put(path, free * PAGE + 8, u64(900n)))).toBe(
      `Damage: page ${free} says that transaction 900 wrote it; ${transaction} was the last`,
    );
  });

  test('K4 is reported when nodes do not fill their page, or keys do not ascend', () => {
    const { main } = newest(readFileSync(events));
    const at = main * PAGE + 24;
    const first = readFileSync(events).readUInt16LE(at);
    expect(ofEvents((path) => put(path, at, u16(first + 2)))).toMatch(
      /^Damage: page \d+ has a node at \d+ where one is due at/,
    );
    expect(ofEvents((path) => put(path, at + first + 8, Buffer.from('z')))).toMatch(
      /^Damage: page \d+ names a database "zey-uses\\u0000"/,
    );
    const changed = (kind: ImageKind) =>
      said(models, kind, (path, bytes) => {
        // After the four bytes of its model's number: the keys of the document, in pages given up too.
        for (let at = bytes.indexOf('id-50'); at >= 0; at = bytes.indexOf('id-50', at + 1)) {
          if ((bytes[at - 1] ?? 0) < 8) put(path, at, Buffer.from('zz'));
        }
      });
    expect(changed({ ...KINDS['read-models'], entry: () => undefined })).toMatch(
      /^Damage: page \d+ has keys that (do not ascend|belong on a later page)$/,
    );
    expect(changed(KINDS['read-models'])).toMatch(
      /^Damage: page \d+ has an entry of sealed-documents that is not what was written$/,
    );
  });

  test('K4 is reported when the free list names a used page, or one that does not exist', () => {
    const { main, free, lastPage } = newest(readFileSync(events));
    const record = (bytes: Buffer): number => {
      const node = free * PAGE + 24 + bytes.readUInt16LE(free * PAGE + 24);
      return node + 16;
    };
    expect(ofEvents((path, bytes) => put(path, record(bytes) + 8, u64(BigInt(main))))).toBe(
      `Damage: page ${main} is free and used at once`,
    );
    expect(ofEvents((path, bytes) => put(path, record(bytes) + 8, u64(1_000_000n)))).toBe(
      `Damage: page 1000000 counts as free (1 pages) and cannot be: pages are 2 to ${lastPage}`,
    );
    expect(ofEvents((path, bytes) => put(path, record(bytes), u64(1_000_000n)))).toMatch(
      /^Damage: page \d+ has a record of the free list that counts 1000000 numbers in \d+$/,
    );
  });

  test('K4 is reported when pages of a long value are not those of its entry', () => {
    expect(
      ofEvents((path, bytes) => {
        for (let page = 2; page * PAGE < bytes.length; page += 1)
          if (bytes.readUInt16LE(page * PAGE + 18) === 4) put(path, page * PAGE + 20, u16(77));
      }),
    ).toMatch(/^Damage: page \d+ begins 77 pages; \d+ are due$/);
  });
});

test('K4 a snapshot that a reader holds is examined completely, also when both meta pages were overwritten in the meantime', async () => {
  const newest = () => {
    const file = new ImageFile(events);
    const [even, odd] = file.metas().pair;
    file.close();
    return even.transaction > odd.transaction ? even : odd;
  };
  const store = await openLmdbEventStore(folder);
  const reader = openEnvironment(folder, 'events', { durable: true, readOnly: true });
  const hold = reader.useReadTransaction();
  reader.get('any', { transaction: hold });
  const held = newest();
  for (let n = 0; n < 20; n += 1)
    await store.append(`later-${n}`, null, [{ ...sampleEvent(`l-${n}`), data: { text: 'z'.repeat(9_000) } }]);
  expect(newest().transaction).toBeGreaterThan(held.transaction + 2);
  expect(examineImage(events, KINDS.events, held)).toMatchObject({ transaction: held.transaction });
  hold.done();
  await reader.close();
  await store.close();
});
