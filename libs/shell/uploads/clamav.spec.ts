import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Clamav, clamavAddressOf } from './clamav.js';
import { ScannerAway } from './virus-scanner.js';

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'zhitong-clamav-'));
});
afterAll(() => rmSync(place, { recursive: true }));

/** What a scanner has read of one connection: the command, and the content put together from its pieces. */
interface Scanned {
  readonly command: string;
  readonly content: string;
}

/** Null while the content has not ended. */
function readAll(bytes: Buffer): Scanned | null {
  const end = bytes.indexOf(0);
  if (end < 0) return null;
  let at = end + 1;
  const pieces: Buffer[] = [];
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length === 0)
      return { command: bytes.subarray(0, end).toString(), content: Buffer.concat(pieces).toString() };
    if (at + 4 + length > bytes.length) return null;
    pieces.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

/** A scanner that answers to a content. */
async function scannerThat(answer: (scanned: Scanned) => string): Promise<Server> {
  const server = createServer((socket) => {
    let bytes = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (piece) => {
      bytes = Buffer.concat([bytes, piece]);
      const scanned = readAll(bytes);
      if (scanned !== null) socket.end(answer(scanned));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

async function scanned(content: string, answer: (scanned: Scanned) => string) {
  const server = await scannerThat(answer);
  const file = join(place, 'content');
  writeFileSync(file, content);
  const { port } = server.address() as AddressInfo;
  try {
    return await new Clamav({ host: '127.0.0.1', port }).scan(file);
  } finally {
    server.close();
  }
}

test('22 a content is sent in pieces, each after its length, and a clean one has no virus', async () => {
  const content = 'x'.repeat(200_000);
  const seen: Scanned[] = [];
  const virus = await scanned(content, (one) => {
    seen.push(one);
    return 'stream: OK\0';
  });
  expect(virus).toBeNull();
  expect(seen).toEqual([{ command: 'zINSTREAM', content }]);
});

test('22 what is found has a name', async () => {
  expect(await scanned('x', () => 'stream: Zhitong.Test.Signature FOUND\0')).toBe('Zhitong.Test.Signature');
});

test.each(['INSTREAM size limit exceeded. ERROR\0', '', 'something else\0'])(
  '22 a scanner that says %j has not looked, and nothing is taken unseen',
  async (answer) => {
    await expect(scanned('x', () => answer)).rejects.toThrow(ScannerAway);
  },
);

test('22 where no scanner listens nothing is taken', async () => {
  const server = await scannerThat(() => 'stream: OK\0');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const file = join(place, 'content');
  writeFileSync(file, 'x');
  await expect(new Clamav({ host: '127.0.0.1', port }).scan(file)).rejects.toThrow(ScannerAway);
});

test('22 the address of a scanner', () => {
  expect(
    ['tcp://10.0.3.7', 'tcp://[::1]:3311', 'http://10.0.3.7', 'tcp://10.0.3.7/x', 'clamd'].map(
      clamavAddressOf,
    ),
  ).toEqual([{ host: '10.0.3.7', port: 3310 }, { host: '::1', port: 3311 }, null, null, null]);
});
