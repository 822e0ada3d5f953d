import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type LogFile, type LogFileOptions, openLogFile } from './log-file.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'log-file-'));
});
afterEach(() => rm(directory, { recursive: true }));

const AUTO: LogFileOptions = { format: 'auto', encoding: null, delimiter: ',', required: [] };
const CSV = 'case,step\n1,审查\n2,办结\n';
const XES =
  '<?xml version="1.0" encoding="UTF-8"?>\n<log><trace><event><string key="step" value="审查"/></event></trace></log>';

async function open(name: string, content: string | Uint8Array, options = AUTO): Promise<LogFile> {
  const path = join(directory, name);
  await writeFile(path, content);
  return openLogFile(path, options);
}

async function values(file: LogFile): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const line of file.lines())
    lines.push('values' in line ? Object.fromEntries(line.values) : line);
  return lines;
}

const ROWS = [
  { case: '1', step: '审查' },
  { case: '2', step: '办结' },
];

describe('openLogFile', () => {
  test.each([
    ['a.csv', CSV],
    ['a.csv.gz', gzipSync(CSV)],
    ['named-otherwise.txt', gzipSync(CSV)],
    ['not-packed.csv.gz', CSV],
    ['two-parts.csv.gz', Buffer.concat([gzipSync(CSV.slice(0, 12)), gzipSync(CSV.slice(12))])],
  ])('reads %s', async (name, content) => {
    const file = await open(name, content);
    expect(await values(file)).toEqual(ROWS);
    expect(file.bytesRead()).toBe(file.bytes);
    expect(file.digest()).toBe(createHash('sha256').update(CSV).digest('hex'));
  });

  test.each([
    ['a.xes', XES],
    ['a.xes.gz', gzipSync(XES)],
    ['a.xml', `\uFEFF${XES}`],
  ])('recognises %s as XES', async (name, content) => {
    expect(await values(await open(name, content))).toEqual([{ step: '审查' }]);
  });

  test('reads other encodings when configured, or when the XML declares one', async () => {
    const gbk = Buffer.from([...Buffer.from('case,step\n1,'), 0xc9, 0xf3, 0xb2, 0xe9, 0x0a]);
    expect(await values(await open('gbk.csv', gbk, { ...AUTO, encoding: 'gb18030' }))).toEqual([ROWS[0]]);
    const declared = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="GBK"?><log><trace><event><string key="step" value="'),
      Buffer.from([0xc9, 0xf3, 0xb2, 0xe9]),
      Buffer.from('"/></event></trace></log>'),
    ]);
    expect(await values(await open('gbk.xes', declared))).toEqual([{ step: '审查' }]);
    const path = join(directory, 'gbk.csv');
    await expect(values(await openLogFile(path, AUTO))).rejects.toMatchObject({
      name: 'LogFormatError',
      message: `${path} is not written in utf-8 (after byte 0); the mapping may name another encoding, such as gb18030`,
    });
  });

  test('a packed file that is cut off is an error, after the rows before the cut', async () => {
    const long = CSV + Array.from({ length: 20_000 }, (_, index) => `${index},${Math.sin(index)}\n`).join('');
    const packed = gzipSync(long);
    const file = await open('cut.csv.gz', packed.subarray(0, packed.length - 20));
    await expect(values(file)).rejects.toMatchObject({
      name: 'LogFormatError',
      message: expect.stringContaining('cannot be read to its end: unexpected end of file'),
    });
  });

  test('a missing file and a directory are refused', async () => {
    const path = join(directory, 'none.csv');
    await expect(openLogFile(path, AUTO)).rejects.toMatchObject({
      name: 'LogFormatError',
      message: expect.stringContaining(`${path} cannot be opened: ENOENT`),
    });
    await expect(openLogFile(directory, AUTO)).rejects.toMatchObject({
      name: 'LogFormatError',
      message: `${directory} is no file`,
    });
  });
});
