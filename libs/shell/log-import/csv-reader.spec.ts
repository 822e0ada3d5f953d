import { describe, expect, test } from '@jest/globals';
import { readCsv } from './csv-reader.js';
import { LogFormatError, type LogLine } from './log-record.js';

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function read(text: string, size = 7): Promise<unknown[]> {
  const lines: LogLine[] = [];
  for await (const line of readCsv(inPieces(text, size))) lines.push(line);
  return lines.map((line) => ('values' in line ? [line.line, ...line.values.values()] : line));
}

describe('readCsv', () => {
  test('gives each record with the line it begins on, whatever the line endings and quotes', async () => {
    expect(await read('\uFEFFcase,step\r\na,1\r\n\r\nb,"two\r\nlines"\r\nc,"quo""ted, too"\n')).toEqual([
      [2, 'a', '1'],
      [4, 'b', 'two\r\nlines'],
      [6, 'c', 'quo"ted, too'],
    ]);
  });

  test('reports a record with too few or too many fields and goes on', async () => {
    expect(await read('a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n')).toEqual([
      [2, '1', '2', '3'],
      { line: 3, reason: 'has 2 fields where the header has 3' },
      { line: 4, reason: 'has 4 fields where the header has 3' },
      [5, '10', '11', '12'],
    ]);
  });

  test('takes a quote in the middle of a field as it stands', async () => {
    expect(await read('a,b\n5" pipe,1\n"x"y,2\n')).toEqual([
      [2, '5" pipe', '1'],
      [3, '"x"y', '2'],
    ]);
  });

  test('reports an open quote with its line and reads no further', async () => {
    expect(await read('a,b\n1,2\n3,"open\n5,6\n7,8\n')).toEqual([
      [2, '1', '2'],
      {
        line: 3,
        reason:
          'the record that begins here does not end (an open quote?): it and all that follows could not be read',
      },
    ]);
  });

  test('an open quote in a large file ends the reading instead of filling the memory', async () => {
    const lines = await read(`a,b\n1,2\n3,"open\n${'5,6\n'.repeat(600_000)}`, 65_536);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatchObject({ line: 3 });
  });

  test('refuses a file without header, with a column twice, or without a needed column', async () => {
    await expect(read('')).rejects.toThrow(
      new LogFormatError('the file is empty: a header line with column names is needed'),
    );
    await expect(read('a,b,a\n')).rejects.toThrow(new LogFormatError('line 1: column "a" appears twice'));
    const missing = async () => {
      for await (const _ of readCsv(inPieces('a,b\n1,2\n', 3), { required: ['a', 'time'] })) continue;
    };
    await expect(missing()).rejects.toThrow(
      new LogFormatError('line 1: no column "time"; the file has "a", "b"'),
    );
  });

  test('asks for text only as it is consumed', async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<string> {
      yield 'a,b\n';
      for (;;) {
        asked += 1;
        yield '1,2\n'.repeat(1000);
      }
    }
    let rows = 0;
    for await (const _ of readCsv(endless())) if (++rows === 5000) break;
    expect(rows).toBe(5000);
    expect(asked).toBeLessThan(50);
  });
});
